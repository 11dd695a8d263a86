package parley.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// Reading JSON strictly, and writing the records that travel.
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(Bounds.BODY_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .addModule(scalars())
          .build();

  private Json() {}

  private static SimpleModule scalars() {
    SimpleModule module = new SimpleModule("parley");
    Scalar.ALL.forEach(scalar -> scalar.register(module));
    return module;
  }

  /// The one JSON value that a body is.
  static JsonNode read(byte[] body) {
    if (body.length == 0) {
      throw notJson(
          "The body is empty, so nothing was done. Send a JSON object with Content-Type:"
              + " application/json.");
    }
    String text;
    try {
      // Jackson guesses among encodings, and passes over some ill-formed UTF-8.
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(body))
              .toString();
    } catch (CharacterCodingException e) {
      throw notJson("The body is not well-formed UTF-8, so nothing was done. Send JSON in UTF-8.");
    }
    try {
      JsonNode value = MAPPER.readTree(text);
      if (value.isMissingNode()) {
        throw notJson("The body is blank, so nothing was done. Send a JSON object.");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw notJson(
          "The body nests more than "
              + Bounds.BODY_DEPTH
              + " levels, or has a name or number that is far too long, so nothing was done. Send"
              + " what the OpenAPI document describes.");
    } catch (JacksonException e) {
      // The parser's own words would repeat some of the body.
      throw notJson(
          "The body is not one well-formed JSON value without duplicate names, so nothing was done."
              + " Check it at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + ".");
    }
  }

  private static Refusal notJson(String detail) {
    return Problem.of(ProblemCode.BODY_NOT_JSON).detail(detail).refusal();
  }

  /// A wire record, or [RawJson], in UTF-8.
  static byte[] write(Object value) {
    return value instanceof RawJson raw ? raw.utf8() : MAPPER.writeValueAsBytes(value);
  }
}
