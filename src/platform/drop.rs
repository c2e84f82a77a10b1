//! Dropping files and folders anywhere on the window.

use crate::sort::sort_by;
use js_sys::{Array, Function, Promise};
use leptos::ev;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DataTransfer, DragEvent, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry,
};

/// What was dropped: files with the path they came with, in the order of their paths.
#[derive(Default)]
pub struct Dropped {
    /// Path and file.
    pub files: Vec<(String, File)>,
    /// Folders or files the browser did not let us open, by name.
    pub unopened: Vec<String>,
}

/// Watches the whole window for the rest of the page's life.
///
/// `hover` hears whether files are held over the window, `dropped` gets what was let go, folders opened.
pub fn watch_window(hover: impl Fn(bool) + 'static, dropped: impl Fn(Dropped) + 'static) {
    let hover = Rc::new(hover);
    let dropped = Rc::new(dropped);
    // Entering a child comes before leaving its parent: only leaving what was entered last means leaving.
    let entered: Rc<RefCell<Option<web_sys::EventTarget>>> = Rc::default();

    let _ = window_event_listener(ev::dragenter, {
        let (hover, entered) = (Rc::clone(&hover), Rc::clone(&entered));
        move |event: DragEvent| {
            if carries_files(&event) {
                event.prevent_default();
                entered.replace(event.target());
                hover(true);
            }
        }
    });
    let _ = window_event_listener(ev::dragover, |event: DragEvent| {
        if carries_files(&event) {
            event.prevent_default();
            if let Some(data) = event.data_transfer() {
                data.set_drop_effect("copy");
            }
        }
    });
    let _ = window_event_listener(ev::dragleave, {
        let (hover, entered) = (Rc::clone(&hover), Rc::clone(&entered));
        move |event: DragEvent| {
            if *entered.borrow() == event.target() {
                entered.take();
                hover(false);
            }
        }
    });
    let _ = window_event_listener(ev::drop, move |event: DragEvent| {
        if !carries_files(&event) {
            return;
        }
        event.prevent_default();
        entered.take();
        hover(false);
        if let Some(data) = event.data_transfer() {
            // The list of what was dropped dies with this event; what is taken from it lives on.
            let taken = take(&data);
            let dropped = Rc::clone(&dropped);
            spawn_local(async move { dropped(open(taken).await) });
        }
    });
}

fn carries_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&JsValue::from_str("Files"), 0))
}

/// What was dropped. An entry says itself whether it is a folder, and is cast unchecked: Chromium has the objects, but
/// no global `FileSystemEntry` to ask with `instanceof`.
enum Taken {
    File(File),
    Folder(FileSystemDirectoryEntry),
}

fn take(data: &DataTransfer) -> Vec<Taken> {
    let items = data.items();
    let taken: Vec<Taken> = (0..items.length())
        .filter_map(|i| items.get(i))
        .filter(|item| item.kind() == "file")
        .filter_map(|item| match item.webkit_get_as_entry() {
            Ok(Some(entry)) if entry.is_directory() => Some(Taken::Folder(entry.unchecked_into())),
            // A file is taken as such: opening it through its entry fails on `file://` in Chromium.
            _ => item.get_as_file().ok().flatten().map(Taken::File),
        })
        .collect();
    if !taken.is_empty() {
        return taken;
    }
    data.files().map_or_else(Vec::new, |list| {
        (0..list.length()).filter_map(|i| list.get(i)).map(Taken::File).collect()
    })
}

async fn open(taken: Vec<Taken>) -> Dropped {
    let mut result = Dropped::default();
    let mut folders = Vec::new();
    for item in taken {
        match item {
            Taken::File(file) => result.files.push((file.name(), file)),
            Taken::Folder(folder) => folders.push(folder),
        }
    }
    while let Some(folder) = folders.pop() {
        match entries(&folder.create_reader()).await {
            Ok(entries) => {
                for entry in entries {
                    let path = entry.full_path().trim_start_matches('/').to_owned();
                    if entry.is_directory() {
                        folders.push(entry.unchecked_into());
                    } else if let Some(file) = file_of(entry).await {
                        result.files.push((path, file));
                    } else {
                        result.unopened.push(path);
                    }
                }
            }
            Err(_) => result.unopened.push(folder.full_path().trim_start_matches('/').to_owned()),
        }
    }
    sort_by(&mut result.files, |a, b| a.0.cmp(&b.0));
    sort_by(&mut result.unopened, Ord::cmp);
    result
}

/// All entries of a folder: the browser hands them out a hundred at a time, until an empty list.
async fn entries(reader: &FileSystemDirectoryReader) -> Result<Vec<FileSystemEntry>, JsValue> {
    let mut all = Vec::new();
    loop {
        let read = promise(|resolve, reject| reader.read_entries_with_callback_and_callback(resolve, reject));
        let batch: Array = JsFuture::from(read).await?.dyn_into()?;
        if batch.length() == 0 {
            return Ok(all);
        }
        all.extend(batch.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

async fn file_of(entry: FileSystemEntry) -> Option<File> {
    let entry: FileSystemFileEntry = entry.unchecked_into();
    let read = promise(|resolve, reject| {
        entry.file_with_callback_and_callback(resolve, reject);
        Ok(())
    });
    JsFuture::from(read).await.ok()?.dyn_into().ok()
}

/// The old callback pair as a promise.
fn promise(mut start: impl FnMut(&Function, &Function) -> Result<(), JsValue>) -> Promise {
    Promise::new(&mut |resolve, reject| {
        if let Err(error) = start(&resolve, &reject) {
            let _ = reject.call1(&JsValue::UNDEFINED, &error);
        }
    })
}
