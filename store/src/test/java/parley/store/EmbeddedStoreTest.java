package parley.store;

/// The contract on the embedded engine.
class EmbeddedStoreTest extends StoreContract {
  @Override
  Table table() {
    return TestTables.inMemory();
  }
}
