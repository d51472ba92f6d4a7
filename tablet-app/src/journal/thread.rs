//! The journal's thread and the way to it: a bounded queue of commands, answered one by one. The
//! answer to a command is given in any case, also when the thread is gone.

use super::error::JournalError;
use super::open::{self, Options};
use super::write::Store;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;
use uuid::Uuid;

/// Commands that may wait. The kiosk has one record out at a time and the courier one question, so
/// more than a handful means that the disk stands still.
const QUEUE: usize = 64;

type Command = Box<dyn FnOnce(&Runtime, &mut Store) + Send>;

pub(super) struct JournalThread {
    commands: Option<SyncSender<Command>>,
    thread: Option<JoinHandle<()>>,
    appended: Arc<Notify>,
}

impl JournalThread {
    pub(super) fn open(dir: PathBuf, boot: Uuid, options: Options) -> Result<Self, JournalError> {
        let appended = Arc::new(Notify::new());
        let notify = Arc::clone(&appended);
        let (commands, queue) = sync_channel(QUEUE);
        let (opened, answer) = sync_channel(1);
        let thread = thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || run(&dir, boot, options, notify, &opened, &queue))
            .map_err(|_| JournalError::Gone)?;
        answer.recv().unwrap_or(Err(JournalError::Gone))?;
        Ok(Self { commands: Some(commands), thread: Some(thread), appended })
    }

    pub(super) fn appended(&self) -> &Arc<Notify> {
        &self.appended
    }

    /// Puts a command in the queue, waiting for room in it, and waits for its answer.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        command: impl FnOnce(&Runtime, &mut Store) -> Result<T, JournalError> + Send + 'static,
    ) -> Result<T, JournalError> {
        let (answer, answered) = sync_channel(1);
        let command: Command = Box::new(move |runtime, store| {
            // The caller may have given up waiting.
            let _ = answer.send(command(runtime, store));
        });
        let commands = self.commands.as_ref().ok_or(JournalError::Gone)?;
        commands.send(command).map_err(|_| JournalError::Gone)?;
        answered.recv().unwrap_or(Err(JournalError::Gone))
    }

    /// Puts a command in the queue without waiting; `then` gets its answer.
    pub(super) fn tell<T: Send + 'static>(
        &self,
        command: impl FnOnce(&Runtime, &mut Store) -> Result<T, JournalError> + Send + 'static,
        then: impl FnOnce(Result<T, JournalError>) + Send + 'static,
    ) {
        let answer = Promise::new(then);
        let command: Command = Box::new(move |runtime, store| {
            let result = command(runtime, store);
            answer.give(result);
        });
        if let Some(commands) = &self.commands {
            // A command that finds no place is dropped, and answers by being dropped.
            let _ = commands.try_send(command);
        }
    }
}

impl Drop for JournalThread {
    fn drop(&mut self) {
        drop(self.commands.take());
        if let Some(thread) = self.thread.take()
            // The last handle may be dropped by an answer, on the thread itself.
            && thread.thread().id() != thread::current().id()
        {
            let _ = thread.join();
        }
    }
}

/// An answer that is given once, at the latest when it is dropped: a command that never ran
/// because the queue was full or the thread ended still says so.
struct Promise<T>(Option<Then<T>>);

type Then<T> = Box<dyn FnOnce(Result<T, JournalError>) + Send>;

impl<T> Promise<T> {
    fn new(then: impl FnOnce(Result<T, JournalError>) + Send + 'static) -> Self {
        Self(Some(Box::new(then)))
    }

    fn give(mut self, result: Result<T, JournalError>) {
        if let Some(then) = self.0.take() {
            then(result);
        }
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        if let Some(then) = self.0.take() {
            then(Err(JournalError::Busy));
        }
    }
}

fn run(
    dir: &std::path::Path,
    boot: Uuid,
    options: Options,
    appended: Arc<Notify>,
    opened: &SyncSender<Result<(), JournalError>>,
    queue: &Receiver<Command>,
) {
    let runtime = match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = opened.send(Err(JournalError::from_io(dir, &error)));
            return;
        }
    };
    let mut store = match runtime.block_on(open::open(dir, boot, options, appended)) {
        Ok(store) => store,
        Err(error) => {
            let _ = opened.send(Err(error));
            return;
        }
    };
    if opened.send(Ok(())).is_ok() {
        while let Ok(command) = queue.recv() {
            command(&runtime, &mut store);
            // After the answer, so that nobody who tapped waits for it.
            runtime.block_on(store.tidy());
        }
    }
    runtime.block_on(store.close());
}
