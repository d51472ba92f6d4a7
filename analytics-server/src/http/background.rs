//! The tasks that run beside the requests. A handler that panics is one failed request; a background
//! task that panics would be missing silently until somebody restarts the server: no alert would be
//! raised, nothing would expire. So it ends the server, and the service manager starts it again.

use std::collections::HashMap;
use tokio::task::{Id, JoinSet};

/// The background tasks of a server.
#[derive(Default)]
pub(super) struct BackgroundTasks {
    tasks: JoinSet<()>,
    names: HashMap<Id, &'static str>,
}

impl BackgroundTasks {
    /// Starts a task. One that has nothing to do may end at once.
    pub fn spawn(&mut self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let id = self.tasks.spawn(task).id();
        self.names.insert(id, name);
    }

    /// The name of the first task that panics; never ready while none does.
    pub async fn panicked(&mut self) -> &'static str {
        while let Some(ended) = self.tasks.join_next_with_id().await {
            if let Err(error) = ended
                && error.is_panic()
            {
                return self.names.get(&error.id()).copied().unwrap_or("unnamed");
            }
        }
        std::future::pending().await
    }

    /// Ends those that still run.
    pub async fn shutdown(&mut self) {
        self.tasks.shutdown().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test]
    async fn a_task_that_ends_is_no_panic_and_one_that_panics_is_named() {
        let mut tasks = BackgroundTasks::default();
        tasks.spawn("nothing to do", async {});
        tasks.spawn("for ever", std::future::pending());
        let waited = tokio::time::timeout(Duration::from_millis(50), tasks.panicked()).await;
        assert!(waited.is_err(), "nothing panicked");
        tasks.spawn("retention", async { panic!("a fault of the program") });
        assert_eq!(tasks.panicked().await, "retention");
        tasks.shutdown().await;
    }
}
