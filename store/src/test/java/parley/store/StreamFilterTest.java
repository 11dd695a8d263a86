package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What wakes a function. That the patterns let through what they should is tested where the rules
/// of such filters are.
class StreamFilterTest {
  @Test
  void patternsAreMadeOfTheDesignsKeys() {
    assertThat(StreamFilter.patterns())
        .containsExactly(
            "{\"eventName\":[\"INSERT\",\"MODIFY\"],\"dynamodb\":{\"Keys\":{\"PK\":{\"S\":[{\"prefix\":"
                + "\"C#\"}]},\"SK\":{\"S\":[{\"prefix\":\"M#\"}]}},\"NewImage\":{\"by\":{\"S\":[{"
                + "\"exists\":false}]}}}}",
            "{\"eventName\":[\"INSERT\",\"MODIFY\"],\"dynamodb\":{\"Keys\":{\"PK\":{\"S\":[{\"prefix\":"
                + "\"U#\"}]},\"SK\":{\"S\":[{\"prefix\":\"C#\"}]}},\"NewImage\":{\"by\":{\"S\":["
                + "\"reader\"]}}}}",
            "{\"eventName\":[\"INSERT\",\"MODIFY\"],\"dynamodb\":{\"Keys\":{\"PK\":{\"S\":[{\"prefix\":"
                + "\"U#\"}]},\"SK\":{\"S\":[\"PROFILE\"]}},\"NewImage\":{\"ttl\":{\"N\":[{\"exists\":"
                + "false}]}}}}",
            "{\"eventName\":[\"INSERT\",\"MODIFY\",\"REMOVE\"],\"dynamodb\":{\"Keys\":{\"PK\":{\"S\":[{"
                + "\"prefix\":\"U#\"}]},\"SK\":{\"S\":[{\"prefix\":\"B#\"}]}}}}",
            "{\"eventName\":[\"REMOVE\"],\"dynamodb\":{\"Keys\":{\"PK\":{\"S\":[{\"prefix\":\"T#\"}]},"
                + "\"SK\":{\"S\":[\"SESSION\"]}}}}");
  }

  /// The service takes five, and ten on request.
  @Test
  void aMappingTakesThemAll() {
    assertThat(StreamFilter.values()).hasSizeLessThanOrEqualTo(5);
  }
}
