//! What is loaded, and the answers about it. Pure: the browser's side of the engine worker is `serve`.

use super::messages::{DropId, EngineReply, EngineRequest, ExportRequest, Snapshot, Viewpoint};
use crate::aggregate::UnitResult;
use crate::aggregate::{Refusals, SourceId, Workspace};
use crate::export::{ExportError, activity_csv};
use crate::model::{Day, Refusal};
use crate::report::{self, Details, DetailsPage, DetailsRequest, Input, Overviews, SenderDetails};
use crate::sort::sort_by_key;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// An export leaves in pieces of about this many bytes, so that it never lies in memory as a whole.
const PIECE_BYTES: usize = 1024 * 1024;

/// Holds what is loaded and answers questions about it.
#[derive(Default)]
pub struct Engine {
    workspace: Workspace,
    /// The drop that is being staged, or was last.
    drop: Option<DropFiles>,
    /// The sorted table the page is scrolling in. Gone as soon as the data change.
    details: Option<KeptDetails>,
    /// What is kept between queries. Likewise.
    overviews: Overviews,
    /// Whether the page knows the files as they are.
    told_sources: bool,
}

/// Which files a drop brought.
struct DropFiles {
    id: DropId,
    sources: Vec<SourceId>,
    committed: bool,
}

/// A table, and the day it was made on.
struct KeptDetails {
    today: Day,
    table: Details,
}

impl Engine {
    /// Answers a question.
    ///
    /// `results` are what parsers sent, still encoded, for an [`EngineRequest::Take`]; `export` takes the pieces of an
    /// [`EngineRequest::Export`].
    pub fn answer(
        &mut self,
        request: EngineRequest,
        results: impl Iterator<Item = Vec<u8>>,
        export: &mut dyn FnMut(&[u8]),
    ) -> EngineReply {
        match request {
            EngineRequest::Take { drop, file, unit } => {
                self.files_of(drop);
                for result in results {
                    match postcard::from_bytes::<UnitResult>(&result) {
                        Ok(result) => self.workspace.take(file, unit, result),
                        // The file will lack it, and be refused.
                        Err(error) => return EngineReply::Failed(error.to_string()),
                    }
                }
                EngineReply::Done
            }
            EngineRequest::Stage { drop, file, units, name, bytes, modified_ms } => {
                let source = self.workspace.stage_taken(file, name, bytes, units);
                self.workspace.note_modified(source, modified_ms);
                self.note(drop, source);
                EngineReply::Staged(source)
            }
            EngineRequest::StageUnreadable { drop, name, bytes, message } => {
                let source = self.workspace.stage_unreadable(name, bytes, message);
                self.note(drop, source);
                EngineReply::Staged(source)
            }
            EngineRequest::Commit { drop, replaced, view } => {
                self.data_changed();
                for source in replaced {
                    self.workspace.remove(source);
                }
                self.workspace.commit();
                if let Some(files) = self.drop.as_mut().filter(|files| files.id == drop) {
                    files.committed = true;
                }
                self.snapshot(&view)
            }
            EngineRequest::Forget { drop, view } => {
                self.forget(drop);
                self.snapshot(&view)
            }
            EngineRequest::SetPeriod { source, period, view } => {
                self.data_changed();
                self.workspace.set_period(source, Some(period));
                self.snapshot(&view)
            }
            EngineRequest::Remove { source, view } => {
                self.data_changed();
                self.workspace.set_aside(source);
                self.snapshot(&view)
            }
            EngineRequest::Restore { view } => {
                self.data_changed();
                self.workspace.restore();
                self.snapshot(&view)
            }
            EngineRequest::Clear { view } => {
                self.data_changed();
                self.drop = None;
                self.workspace.clear();
                self.snapshot(&view)
            }
            EngineRequest::Show { view } => self.snapshot(&view),
            EngineRequest::Details { request, today } => {
                EngineReply::Details(self.details_page(&request, today))
            }
            EngineRequest::Sender { query, sender, today } => {
                let mut details = report::sender_details(&self.input(today), &query, &sender);
                if let Some(details) = &mut details {
                    details.seen_in_all = report::seen_in_all(&self.input(today), &sender);
                    details.refusals = refusals_of(&self.workspace.merged().refusals, details);
                }
                EngineReply::Sender(details.map(Box::new))
            }
            EngineRequest::Failures { range, today } => {
                EngineReply::Failures(Box::new(report::failures(&self.input(today), range)))
            }
            EngineRequest::Export(request) => self.export(&request, export),
            EngineRequest::Sample { .. } => EngineReply::Failed("the sample needs no engine".to_owned()),
        }
    }

    /// What was computed of the data before does not hold any more.
    fn data_changed(&mut self) {
        self.details = None;
        self.overviews.forget();
        self.told_sources = false;
    }

    /// Notes a staged file of a drop.
    fn note(&mut self, drop: DropId, source: SourceId) {
        self.files_of(drop).push(source);
    }

    /// The staged files of the drop that is being read. One that comes when another was neither committed nor forgotten
    /// takes its place.
    fn files_of(&mut self, drop: DropId) -> &mut Vec<SourceId> {
        if self.drop.as_ref().is_none_or(|files| files.id != drop) {
            self.drop = None;
        }
        let new = || DropFiles { id: drop, sources: Vec::new(), committed: false };
        &mut self.drop.get_or_insert_with(new).sources
    }

    fn forget(&mut self, drop: DropId) {
        let Some(files) = self.drop.take_if(|files| files.id == drop) else { return };
        if files.committed {
            // Cancelled while the report was being made: nobody has seen it yet.
            self.data_changed();
            for source in files.sources {
                self.workspace.remove(source);
            }
        } else {
            self.workspace.discard();
        }
    }

    fn input(&mut self, today: Day) -> Input<'_> {
        let merged = self.workspace.merged();
        Input { cube: &merged.cube, days_with_logs: &merged.days_with_logs, today }
    }

    fn snapshot(&mut self, view: &Viewpoint) -> EngineReply {
        let merged = self.workspace.merged();
        let input = Input { cube: &merged.cube, days_with_logs: &merged.days_with_logs, today: view.today };
        let overview = self.overviews.answer(&input, &view.query);
        let evidence = merged.evidence.clone();
        let sources = (!self.told_sources).then(|| self.workspace.sources());
        self.told_sources = true;
        EngineReply::Snapshot(Box::new(Snapshot { overview, evidence, sources }))
    }

    fn details_page(&mut self, request: &DetailsRequest, today: Day) -> DetailsPage {
        let merged = self.workspace.merged();
        let input = Input { cube: &merged.cube, days_with_logs: &merged.days_with_logs, today };
        let kept = self.details.take().filter(|kept| kept.today == today);
        let table = kept
            .and_then(|kept| kept.table.arrange(input.cube, request))
            .unwrap_or_else(|| Details::build(&input, request));
        let page = table.page(input.cube, request.start, request.len);
        self.details = Some(KeptDetails { today, table });
        page
    }

    fn export(&mut self, request: &ExportRequest, take: &mut dyn FnMut(&[u8])) -> EngineReply {
        let mut pieces = Pieces { buffer: Vec::with_capacity(PIECE_BYTES), take };
        let input = self.input(request.today);
        let written = activity_csv::write(&input, &request.query, &mut pieces)
            .and_then(|rows| pieces.flush().map(|()| rows).map_err(ExportError::from));
        match written {
            Ok(rows) => EngineReply::Exported { rows },
            Err(error) => EngineReply::Failed(error.to_string()),
        }
    }
}

/// Why the logins of a sender, and the address itself, were refused; most often first.
fn refusals_of(all: &Refusals, details: &SenderDetails) -> Vec<(Refusal, u64)> {
    let logins: BTreeSet<&str> =
        details.users.iter().map(|(user, _)| user.as_str()).chain([details.sender.text()]).collect();
    let mut sums = BTreeMap::new();
    for login in logins.into_iter().filter(|login| !login.is_empty()) {
        let from = (login.to_owned(), Refusal::ALL[0]);
        for ((_, refusal), n) in all.range(from..).take_while(|((user, _), _)| user == login) {
            *sums.entry(*refusal).or_default() += n;
        }
    }
    let mut sums: Vec<(Refusal, u64)> = sums.into_iter().collect();
    sort_by_key(&mut sums, |&(_, n)| Reverse(n));
    sums
}

/// Gathers what is written into pieces of [`PIECE_BYTES`].
struct Pieces<'a> {
    buffer: Vec<u8>,
    take: &'a mut dyn FnMut(&[u8]),
}

impl Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(PIECE_BYTES - self.buffer.len());
        self.buffer.extend_from_slice(&bytes[..taken]);
        if self.buffer.len() == PIECE_BYTES {
            self.flush()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.buffer.is_empty() {
            (self.take)(&self.buffer);
            self.buffer.clear();
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::aggregate::SourceSummary;
    use crate::aggregate::source::SourceOutcome;
    use crate::aggregate::{UnitReader, plan};
    use crate::ingest::FileProblem;
    use crate::report::{Query, Range, SenderId};

    const TODAY: Day = Day(20_000);

    fn view() -> Viewpoint {
        Viewpoint { query: Query::default(), today: TODAY }
    }

    /// What parsers would send for this file.
    fn parsed(content: &[u8]) -> Vec<Vec<u8>> {
        let units = plan(content, content.len() as u64);
        let read = |unit| {
            let mut reader = UnitReader::new(unit);
            reader.feed(content);
            postcard::to_stdvec(&reader.finish()).unwrap()
        };
        units.into_iter().map(read).collect()
    }

    /// As if the page had just been opened, so that every snapshot tells of the files.
    fn ask(engine: &mut Engine, request: EngineRequest) -> EngineReply {
        engine.told_sources = false;
        engine.answer(request, std::iter::empty(), &mut |_| panic!("nothing is exported"))
    }

    fn stage_content(engine: &mut Engine, drop: DropId, name: &str, content: &str) {
        let results = parsed(content.as_bytes());
        let units = u32::try_from(results.len()).unwrap();
        // Last units first, as they may come.
        for (unit, result) in (0..units).zip(results).rev() {
            let take = EngineRequest::Take { drop, file: 7, unit };
            let reply = engine.answer(take, std::iter::once(result), &mut |_| {});
            assert_eq!(reply, EngineReply::Done);
        }
        let (name, bytes) = (name.to_owned(), content.len() as u64);
        let request = EngineRequest::Stage { drop, file: 7, units, name, bytes, modified_ms: None };
        let reply = engine.answer(request, std::iter::empty(), &mut |_| {});
        assert!(matches!(reply, EngineReply::Staged(_)), "{reply:?}");
    }

    fn stage(engine: &mut Engine, drop: DropId, name: &str) {
        stage_content(engine, drop, name, name);
    }

    fn commit(drop: DropId) -> EngineRequest {
        EngineRequest::Commit { drop, replaced: Vec::new(), view: view() }
    }

    fn sources(reply: EngineReply) -> Vec<SourceSummary> {
        let EngineReply::Snapshot(snapshot) = reply else { panic!("{reply:?}") };
        snapshot.sources.unwrap()
    }

    fn names(reply: EngineReply) -> Vec<String> {
        sources(reply).into_iter().map(|source| source.name).collect()
    }

    #[test]
    fn a_drop_is_seen_only_when_it_is_complete() {
        let mut engine = Engine::default();
        let drop = DropId(0);
        stage(&mut engine, drop, "first.log");
        assert_eq!(names(ask(&mut engine, EngineRequest::Show { view: view() })), [""; 0]);
        stage(&mut engine, drop, "second.log");
        let committed = names(ask(&mut engine, commit(drop)));
        assert_eq!(committed, ["first.log", "second.log"]);
    }

    #[test]
    fn a_cancelled_drop_leaves_what_was_loaded_before() {
        let mut engine = Engine::default();
        stage(&mut engine, DropId(0), "kept.log");
        ask(&mut engine, commit(DropId(0)));

        stage(&mut engine, DropId(1), "cancelled while reading.log");
        let forgotten = names(ask(&mut engine, EngineRequest::Forget { drop: DropId(1), view: view() }));
        assert_eq!(forgotten, ["kept.log"]);

        stage(&mut engine, DropId(2), "cancelled too late.log");
        let committed = names(ask(&mut engine, commit(DropId(2))));
        assert_eq!(committed.len(), 2);
        let forgotten = names(ask(&mut engine, EngineRequest::Forget { drop: DropId(2), view: view() }));
        assert_eq!(forgotten, ["kept.log"]);

        // A drop that had come to nothing yet takes nothing with it.
        let forgotten = names(ask(&mut engine, EngineRequest::Forget { drop: DropId(3), view: view() }));
        assert_eq!(forgotten, ["kept.log"]);
    }

    #[test]
    fn what_was_taken_out_last_comes_back_until_other_files_come_in() {
        let mut engine = Engine::default();
        for name in ["a.log", "b.log", "c.log"] {
            stage(&mut engine, DropId(0), name);
        }
        let loaded = sources(ask(&mut engine, commit(DropId(0))));
        let restore = || EngineRequest::Restore { view: view() };
        let remove = |at: usize| EngineRequest::Remove { source: loaded[at].id, view: view() };

        assert_eq!(names(ask(&mut engine, remove(0))), ["b.log", "c.log"]);
        assert_eq!(names(ask(&mut engine, restore())), ["a.log", "b.log", "c.log"]);
        ask(&mut engine, remove(0));
        assert_eq!(names(ask(&mut engine, remove(1))), ["c.log"]);
        assert_eq!(names(ask(&mut engine, restore())), ["b.log", "c.log"]);
        assert_eq!(names(ask(&mut engine, restore())), ["b.log", "c.log"]);

        assert_eq!(names(ask(&mut engine, EngineRequest::Clear { view: view() })), [""; 0]);
        assert_eq!(names(ask(&mut engine, restore())), ["b.log", "c.log"]);

        ask(&mut engine, remove(1));
        stage(&mut engine, DropId(1), "d.log");
        ask(&mut engine, commit(DropId(1)));
        assert_eq!(names(ask(&mut engine, restore())), ["c.log", "d.log"]);
    }

    #[test]
    fn a_file_that_is_read_once_more_takes_the_place_of_what_it_was() {
        let mut engine = Engine::default();
        stage(&mut engine, DropId(0), "kept.log");
        stage(&mut engine, DropId(0), "unknown.csv");
        let loaded = sources(ask(&mut engine, commit(DropId(0))));
        stage(&mut engine, DropId(1), "mapped.csv");
        let replaced = vec![loaded[1].id];
        let request = EngineRequest::Commit { drop: DropId(1), replaced, view: view() };
        assert_eq!(names(ask(&mut engine, request)), ["kept.log", "mapped.csv"]);
    }

    #[test]
    fn a_result_that_does_not_decode_makes_an_unreadable_file_not_a_crash() {
        let mut engine = Engine::default();
        let drop = DropId(0);
        let take = EngineRequest::Take { drop, file: 0, unit: 0 };
        let reply = engine.answer(take, std::iter::once(Vec::new()), &mut |_| {});
        assert!(matches!(reply, EngineReply::Failed(_)), "{reply:?}");
        let name = "a.log".to_owned();
        let request = EngineRequest::Stage { drop, file: 0, units: 1, name, bytes: 3, modified_ms: None };
        engine.answer(request, std::iter::empty(), &mut |_| {});
        let sources = sources(ask(&mut engine, commit(drop)));
        assert!(
            matches!(sources[0].outcome, SourceOutcome::Problem(FileProblem::Unreadable(_))),
            "{sources:?}"
        );
    }

    const COUNTS: &str = "date,user,sender,messages\n2026-11-02,anna@contoso.com,anna@contoso.com,3\n";

    /// The messages of the report, those of all rows of the table, and those of its one sender.
    fn shown(engine: &mut Engine) -> (u64, u64, Option<u64>) {
        let query = Query { range: Range::All, ..Query::default() };
        let show = EngineRequest::Show { view: Viewpoint { query: query.clone(), today: TODAY } };
        let EngineReply::Snapshot(snapshot) = ask(engine, show) else { panic!("no snapshot") };
        let request = DetailsRequest { query: query.clone(), len: 50, ..DetailsRequest::default() };
        let EngineReply::Details(page) = ask(engine, EngineRequest::Details { request, today: TODAY }) else {
            panic!("no table")
        };
        let sender = SenderId::Address("anna@contoso.com".to_owned());
        let EngineReply::Sender(sender) = ask(engine, EngineRequest::Sender { query, sender, today: TODAY })
        else {
            panic!("no sender")
        };
        (
            snapshot.overview.totals.messages.known_part(),
            page.rows.iter().map(|row| row.messages.known_part()).sum(),
            sender.map(|sender| sender.totals.messages.known_part()),
        )
    }

    #[test]
    fn files_are_told_when_they_have_changed() {
        let mut engine = Engine::default();
        let show = || EngineRequest::Show { view: view() };
        let answer = |engine: &mut Engine, request| engine.answer(request, std::iter::empty(), &mut |_| {});
        let told = |reply: EngineReply| {
            let EngineReply::Snapshot(snapshot) = reply else { panic!("{reply:?}") };
            snapshot.sources.map(|sources| sources.len())
        };
        assert_eq!(told(answer(&mut engine, show())), Some(0));
        assert_eq!(told(answer(&mut engine, show())), None);
        stage(&mut engine, DropId(0), "a.log");
        assert_eq!(told(answer(&mut engine, show())), None);
        assert_eq!(told(answer(&mut engine, commit(DropId(0)))), Some(1));
        assert_eq!(told(answer(&mut engine, show())), None);
        assert_eq!(told(answer(&mut engine, EngineRequest::Clear { view: view() })), Some(0));
    }

    #[test]
    fn what_was_taken_of_a_file_that_came_to_nothing_is_no_part_of_another() {
        let mut engine = Engine::default();
        let take = |engine: &mut Engine, drop, unit| {
            let result = parsed(COUNTS.as_bytes()).remove(0);
            let request = EngineRequest::Take { drop, file: 7, unit };
            engine.answer(request, std::iter::once(result), &mut |_| {})
        };
        // Cancelled after two units.
        for unit in [1, 2] {
            take(&mut engine, DropId(0), unit);
        }
        ask(&mut engine, EngineRequest::Forget { drop: DropId(0), view: view() });
        stage_content(&mut engine, DropId(1), "whole.csv", COUNTS);
        ask(&mut engine, commit(DropId(1)));
        assert_eq!(shown(&mut engine), (3, 3, Some(3)));
        ask(&mut engine, EngineRequest::Clear { view: view() });
        // A file that the browser stopped reading after two.
        for unit in [1, 2] {
            take(&mut engine, DropId(2), unit);
        }
        let (name, message) = ("gone.csv".to_owned(), "changed".to_owned());
        let request = EngineRequest::StageUnreadable { drop: DropId(2), name, bytes: 3, message };
        engine.answer(request, std::iter::empty(), &mut |_| {});
        ask(&mut engine, commit(DropId(2)));
        stage_content(&mut engine, DropId(3), "whole.csv", COUNTS);
        ask(&mut engine, commit(DropId(3)));
        assert_eq!(shown(&mut engine), (3, 3, Some(3)));
    }

    #[test]
    fn nothing_computed_of_other_data_is_shown() {
        let mut engine = Engine::default();
        assert_eq!(shown(&mut engine), (0, 0, None));
        for (drop, text) in [(0, COUNTS.to_owned()), (1, COUNTS.replace(",3", ",4"))] {
            let (drop, name) = (DropId(drop), format!("{drop}.csv"));
            stage_content(&mut engine, drop, &name, &text);
            ask(&mut engine, commit(drop));
            if drop == DropId(0) {
                assert_eq!(shown(&mut engine), (3, 3, Some(3)));
            }
        }
        assert_eq!(shown(&mut engine), (7, 7, Some(7)));
        let loaded = sources(ask(&mut engine, EngineRequest::Show { view: view() }));
        ask(&mut engine, EngineRequest::Remove { source: loaded[0].id, view: view() });
        assert_eq!(shown(&mut engine), (4, 4, Some(4)));
        ask(&mut engine, EngineRequest::Restore { view: view() });
        assert_eq!(shown(&mut engine), (7, 7, Some(7)));
        ask(&mut engine, EngineRequest::Forget { drop: DropId(1), view: view() });
        assert_eq!(shown(&mut engine), (3, 3, Some(3)));
        ask(&mut engine, EngineRequest::Clear { view: view() });
        assert_eq!(shown(&mut engine), (0, 0, None));
    }

    #[test]
    fn an_export_leaves_in_pieces_of_bounded_size_in_order() {
        let mut pieces: Vec<Vec<u8>> = Vec::new();
        let mut take = |piece: &[u8]| pieces.push(piece.to_vec());
        let mut writer = Pieces { buffer: Vec::new(), take: &mut take };
        let text: Vec<u8> = (0..PIECE_BYTES * 2 + 7).map(|i| u8::try_from(i % 251).unwrap()).collect();
        for chunk in text.chunks(1000) {
            writer.write_all(chunk).unwrap();
        }
        writer.flush().unwrap();
        writer.flush().unwrap();
        let sizes: Vec<usize> = pieces.iter().map(Vec::len).collect();
        assert_eq!(sizes, [PIECE_BYTES, PIECE_BYTES, 7]);
        assert!(pieces.concat() == text);
    }

    #[test]
    fn an_export_of_nothing_still_has_its_column_names() {
        let mut engine = Engine::default();
        let mut text = Vec::new();
        let query = Query { range: Range::All, ..Query::default() };
        let request = EngineRequest::Export(ExportRequest { query, today: TODAY });
        let reply = engine.answer(request, std::iter::empty(), &mut |piece| text.extend_from_slice(piece));
        assert_eq!(reply, EngineReply::Exported { rows: 0 });
        assert!(text.starts_with(b"date"), "{}", String::from_utf8_lossy(&text));
    }
}
