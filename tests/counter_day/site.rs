//! The server of the day, which can be put back to an older state.

use analytics_server::clock::Clock;
use analytics_server::storage::Birth;
use analytics_server::storage::{FILE, Store};
use std::path::PathBuf;
use whole_system_tests::databases::Fresh;
use whole_system_tests::proxy::Proxy;
use whole_system_tests::server::Server;

pub struct Site {
    fresh: Fresh,
    server: Option<Server>,
    pub proxy: Proxy,
}

impl Site {
    pub fn new(fresh: Fresh, server: Server, proxy: Proxy) -> Self {
        Self { fresh, server: Some(server), proxy }
    }

    pub fn server(&self) -> &Server {
        self.server.as_ref().unwrap()
    }

    pub fn store(&self) -> Store {
        self.server().app.store.clone()
    }

    /// Copies the database as a backup does, while nobody writes.
    pub async fn back_up(&mut self) {
        self.stop().await;
        std::fs::copy(self.database(), self.backup()).unwrap();
        self.start().await;
    }

    /// Puts the copy in the place of the database: what came since is gone.
    pub async fn restore(&mut self) {
        self.stop().await;
        for rest in ["-wal", "-shm"] {
            // What a connection left beside the database belongs to the one that goes.
            let mut path = self.database().into_os_string();
            path.push(rest);
            let _ = std::fs::remove_file(path);
        }
        std::fs::rename(self.backup(), self.database()).unwrap();
        self.start().await;
    }

    async fn stop(&mut self) {
        self.server.take().unwrap().stop().await;
        self.fresh.store.close().await;
    }

    async fn start(&mut self) {
        let birth = Birth::at(&Clock::system()).unwrap();
        self.fresh.store = Store::open(self.fresh.dir.path(), None, &birth).await.unwrap();
        let server = Server::start(&self.fresh, Clock::system()).await;
        self.proxy.retarget(server.address);
        self.server = Some(server);
    }

    fn database(&self) -> PathBuf {
        self.fresh.dir.path().join(FILE)
    }

    fn backup(&self) -> PathBuf {
        self.fresh.dir.path().join("backup.db")
    }
}
