//! Things by their ids, shared between snapshots: a copy costs nothing until something is put into it, and then only the
//! ids are copied, never the things.

use programme::model::Entry;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Debug)]
pub(crate) struct Table<K, F>(Arc<BTreeMap<K, Arc<Entry<F>>>>);

impl<K, F> Clone for Table<K, F> {
    fn clone(&self) -> Table<K, F> {
        Table(Arc::clone(&self.0))
    }
}

impl<K: Ord + Clone, F> Table<K, F> {
    pub(super) fn of(entries: Vec<Entry<F>>, key: impl Fn(&F) -> K) -> Table<K, F> {
        Table(Arc::new(entries.into_iter().map(|e| (key(&e.facts), Arc::new(e))).collect()))
    }

    pub(super) fn put(&mut self, key: K, entry: Entry<F>) {
        Arc::make_mut(&mut self.0).insert(key, Arc::new(entry));
    }

    pub(crate) fn get(&self, key: &K) -> Option<&Entry<F>> {
        self.0.get(key).map(|entry| &**entry)
    }

    pub(crate) fn contains_key(&self, key: &K) -> bool {
        self.0.contains_key(key)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The things from this id on, in the order of ids.
    pub(super) fn from(&self, key: &K) -> impl Iterator<Item = (&K, &Entry<F>)> + use<'_, K, F> {
        self.0.range(key..).map(|(key, entry)| (key, &**entry))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.keys()
    }

    /// The things in the order of their ids.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Entry<F>> + Clone {
        self.0.values().map(|entry| &**entry)
    }
}
