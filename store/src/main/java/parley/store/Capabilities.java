package parley.store;

/// What an engine that speaks the DynamoDB API can do beyond the part that Parley cannot do
/// without.
///
/// Required: conditional Put and Update, Delete, Query both ways, BatchGet, one global index.
///
/// - `itemOnFailedCondition`: a failed condition returns the item that is there; else it is read.
/// - `timeToLive`: items with a past TTL are deleted; else they stay, and readers filter them.
/// - `streams`: changes come out as a stream, which the projection needs.
/// - `consumedCapacity`: responses say what they consumed, index by index.
public record Capabilities(
    boolean itemOnFailedCondition, boolean timeToLive, boolean streams, boolean consumedCapacity) {
  /// The service itself, and its embedded engine.
  public static final Capabilities ALL = new Capabilities(true, true, true, true);
}
