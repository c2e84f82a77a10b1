//! Page or worker? The same program is both; where it finds itself decides.

use smtp_auth_report::{platform, ui, worker};

fn main() {
    if platform::scope::is_window() { ui::mount() } else { worker::serve() }
}
