//! The page's icons: lines on a 20 × 20 grid, in the colour of the text.

use leptos::prelude::*;

/// What an icon says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Add,
    ArrowUp,
    ArrowDown,
    Chart,
    Check,
    Close,
    Copy,
    Dashboard,
    Download,
    Error,
    Expand,
    Filter,
    Folder,
    Info,
    Key,
    Menu,
    Privacy,
    Search,
    Settings,
    Sources,
    Table,
    Trash,
    Warning,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Add => "M10 3.5v13M3.5 10h13",
            Self::ArrowUp => "M10 16V4.5M5 9l5-5 5 5",
            Self::ArrowDown => "M10 4v11.5M5 11l5 5 5-5",
            Self::Chart => "M3 3.5v13h14M6 12.5l3.2-4 2.6 2.4L16.5 5",
            Self::Check => "M4 10.5l4 4 8-9",
            Self::Close => "M4.5 4.5l11 11M15.5 4.5l-11 11",
            Self::Copy => "M7 6.5h9v10H7zM4 13.5v-10h9",
            Self::Dashboard => "M3.5 3.5h5.5v7H3.5zM11.5 3.5h5v4h-5zM11.5 10.5h5v6h-5zM3.5 13.5H9v3H3.5z",
            Self::Download => "M10 3v10.5M5.5 9l4.5 4.5L14.5 9M4 16.8h12",
            Self::Error => {
                "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4zM7.4 7.4l5.2 5.2M12.6 7.4l-5.2 5.2"
            }
            Self::Expand => "M5 7.5l5 5 5-5",
            Self::Filter => "M3 4h14l-5.4 6.5v5.2l-3.2 1.6v-6.8z",
            Self::Folder => "M2.8 5v11h14.4V6.8H9.6L7.8 5z",
            Self::Info => "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4zM10 9v5M10 6.2v.6",
            Self::Key => "M13 3.5a3.8 3.8 0 1 1-2.6 6.6L4.5 16H3v-2.6l6.4-5.5A3.8 3.8 0 0 1 13 3.5z",
            Self::Menu => "M3 5.5h14M3 10h14M3 14.5h14",
            Self::Privacy => {
                "M10 2.5l6 2.2v4.6c0 3.6-2.4 6.5-6 8.2-3.6-1.7-6-4.6-6-8.2V4.7zM7.2 9.8l2 2 3.6-4"
            }
            Self::Search => "M8.8 3.5a5.3 5.3 0 1 0 0 10.6 5.3 5.3 0 0 0 0-10.6zM12.8 12.8l4 4",
            Self::Settings => {
                "M3 5.5h7M14 5.5h3M3 14.5h3M10 14.5h7M12 3.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM8 12.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"
            }
            Self::Sources => "M5 2.8h6.5L15.5 7v10.2H5zM11.2 3v4.2h4.2M7.5 10.5h5M7.5 13.5h5",
            Self::Table => "M8 5h9M8 10h9M8 15h9M3.2 5h1.6M3.2 10h1.6M3.2 15h1.6",
            Self::Trash => "M3.5 5.5h13M8 5.2V3.5h4v1.7M5.2 5.5l.8 11h8l.8-11M8.4 8.5l.2 5M11.6 8.5l-.2 5",
            Self::Warning => "M10 3l7.5 13.5h-15zM10 8v4.5M10 14.2v.5",
        }
    }
}

/// An icon beside a text that says the same: hidden from screen readers.
pub fn icon(which: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d=which.path()></path>
        </svg>
    }
}
