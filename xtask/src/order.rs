//! Puts functions that look alike next to each other, which gzip rewards: it looks back no further than 32 KiB.
//!
//! A compiler leaves them in no order that helps; a generic function's copies lie a megabyte apart.

use crate::run::{self, Fallible, Project};
use std::collections::HashMap;
use std::fs;

/// Bytes that are compared in one go: a few instructions.
const RUN_BYTES: usize = 5;
/// A run that more functions have tells nothing of them.
const MAX_SHARING: usize = 200;
/// So many functions back gzip can see, in general.
const IN_SIGHT: usize = 3;

/// Orders the functions of the staged wasm: it gets names that rise in the new order, by which `wasm-opt` sorts it.
pub fn functions(project: &Project) -> Fallible {
    let staging = project.staging();
    let found = fs::read_dir(&staging).map_err(|e| format!("{}: {e}", staging.display()))?;
    let is_wasm = |path: &std::path::PathBuf| path.extension().is_some_and(|end| end == "wasm");
    let path = found.flatten().map(|entry| entry.path()).find(is_wasm).ok_or("trunk left no wasm")?;
    let at = |e: std::io::Error| format!("{}: {e}", path.display());
    let wasm = fs::read(&path).map_err(at)?;
    let module = Module::parse(&wasm).ok_or_else(|| format!("{}: not understood", path.display()))?;
    let named = module.named(&order(&module.bodies));
    fs::write(&path, named).map_err(at)?;
    let mut wasm_opt = project.command("wasm-opt");
    wasm_opt.args(["--reorder-functions-by-name", "--output"]).args([&path, &path]);
    run::status(&mut wasm_opt)
}

/// A wasm file, as far as it matters here.
struct Module<'a> {
    /// All but the names.
    rest: Vec<&'a [u8]>,
    /// How many functions come from outside; they are counted first.
    imported: usize,
    bodies: Vec<&'a [u8]>,
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// A number in LEB128.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7F).checked_shl(shift)?;
            if byte < 0x80 {
                break;
            }
        }
        Some(number)
    }

    /// A number of bytes, and they.
    fn block(&mut self) -> Option<&'a [u8]> {
        let len = self.number()?;
        self.take(len)
    }

    /// The size of a table or a memory.
    fn limits(&mut self) -> Option<()> {
        let has_maximum = self.byte()? & 1 == 1;
        self.number()?;
        if has_maximum {
            self.number()?;
        }
        Some(())
    }
}

impl<'a> Module<'a> {
    fn parse(wasm: &'a [u8]) -> Option<Self> {
        let mut bytes = Bytes(wasm);
        let mut module = Self { rest: vec![bytes.take(8)?], imported: 0, bodies: Vec::new() };
        while !bytes.0.is_empty() {
            let before = bytes.0;
            let id = bytes.byte()?;
            let content = bytes.block()?;
            let section = before.get(..before.len() - bytes.0.len())?;
            let mut content = Bytes(content);
            match id {
                0 if content.block()? == b"name" => continue,
                2 => module.imported = functions_imported(&mut content)?,
                10 => {
                    for _ in 0..content.number()? {
                        module.bodies.push(content.block()?);
                    }
                }
                _ => {}
            }
            module.rest.push(section);
        }
        Some(module)
    }

    /// The file with names that rise in this order.
    fn named(&self, order: &[usize]) -> Vec<u8> {
        let mut names = vec![0; order.len()];
        for (name, &function) in order.iter().enumerate() {
            names[function] = name;
        }
        let mut list = number(names.len());
        for (function, name) in (self.imported..).zip(names) {
            list.extend(number(function));
            list.extend(block(format!("{name:06}").as_bytes()));
        }
        let mut content = block(b"name");
        content.push(1);
        content.extend(block(&list));
        let mut wasm = self.rest.concat();
        wasm.push(0);
        wasm.extend(block(&content));
        wasm
    }
}

fn functions_imported(content: &mut Bytes<'_>) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..content.number()? {
        content.block()?;
        content.block()?;
        match content.byte()? {
            0 => {
                content.number()?;
                functions += 1;
            }
            1 => {
                content.byte()?;
                content.limits()?;
            }
            2 => content.limits()?,
            3 => {
                content.take(2)?;
            }
            _ => return None,
        }
    }
    Some(functions)
}

fn number(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7F).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

fn block(bytes: &[u8]) -> Vec<u8> {
    let mut block = number(bytes.len());
    block.extend(bytes);
    block
}

/// From the largest function on, always the one that shares most, of what it is, with the last ones.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    // The runs of each function as numbers, each once.
    let mut numbers = HashMap::new();
    let mut having: Vec<Vec<usize>> = Vec::new();
    let runs: Vec<Vec<usize>> = bodies
        .iter()
        .enumerate()
        .map(|(function, body)| {
            let mut runs: Vec<usize> = body
                .windows(RUN_BYTES)
                .map(|run| {
                    let next = numbers.len();
                    *numbers.entry(run).or_insert(next)
                })
                .collect();
            runs.sort_unstable();
            runs.dedup();
            having.resize(numbers.len(), Vec::new());
            for &run in &runs {
                having[run].push(function);
            }
            runs
        })
        .collect();
    let mut by_size: Vec<usize> = (0..bodies.len()).collect();
    by_size.sort_by_key(|&function| std::cmp::Reverse(bodies[function].len()));
    let mut by_size = by_size.into_iter();
    let mut is_placed = vec![false; bodies.len()];
    let mut order: Vec<usize> = Vec::with_capacity(bodies.len());
    let mut shared = vec![0_u32; bodies.len()];
    loop {
        let last = &order[order.len().saturating_sub(IN_SIGHT)..];
        let mut in_sight: Vec<usize> = last.iter().flat_map(|&function| &runs[function]).copied().collect();
        in_sight.sort_unstable();
        in_sight.dedup();
        let mut sharing = Vec::new();
        for run in in_sight {
            if having[run].len() < MAX_SHARING {
                for &function in having[run].iter().filter(|&&function| !is_placed[function]) {
                    if shared[function] == 0 {
                        sharing.push(function);
                    }
                    shared[function] += 1;
                }
            }
        }
        let share = |&function: &usize| f64::from(shared[function]) / (runs[function].len() + 8) as f64;
        // Of equals the first, so that the same program is the same file.
        let next = sharing.iter().copied().min_by(|a, b| share(b).total_cmp(&share(a)).then(a.cmp(b)));
        let next = next.or_else(|| by_size.find(|&function| !is_placed[function]));
        for function in sharing {
            shared[function] = 0;
        }
        let Some(next) = next else { return order };
        is_placed[next] = true;
        order.push(next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_stands_together() {
        let (a, b) = (b"the quick brown fox jumps over", b"pack my box with five dozen liquor jugs");
        let (a2, b2) = (b"the quick brown cat jumps over", b"pack my bag with five dozen liquor jugs");
        assert_eq!(order(&[a, b, a2, b2]), [1, 3, 0, 2]);
        assert_eq!(order(&[]), [0; 0]);
    }

    #[test]
    fn names_rise_in_the_order_and_count_from_behind_what_is_imported() {
        // An imported function, two of its own; `unreachable` and nothing.
        let mut wasm =
            b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x07\x01\x01e\x01f\0\0\x03\x03\x02\0\0".to_vec();
        wasm.extend(b"\x0A\x08\x02\x03\0\0\x0B\x02\0\x0B\0\x06\x04name\0");
        let module = Module::parse(&wasm).unwrap();
        assert_eq!((module.imported, &*module.bodies), (1, &[&b"\0\0\x0B"[..], b"\0\x0B"][..]));
        let named = module.named(&[1, 0]);
        assert!(named.starts_with(&wasm[..wasm.len() - 8]));
        assert!(named.ends_with(b"\0\x18\x04name\x01\x11\x02\x01\x06000001\x02\x06000000"));
        assert!(Module::parse(&wasm[..wasm.len() - 9]).is_none());
    }
}
