package parley.lambda;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Keys and items as events carry them, in the service's JSON, as the store reads them.
final class Image {
  private Image() {}

  /// @throws IllegalArgumentException if a value is of no kind that the service has
  static Map<String, AttributeValue> of(Fields item) {
    Map<String, AttributeValue> image = new HashMap<>();
    item.values().forEach((name, value) -> image.put(name, value(value)));
    return image;
  }

  private static AttributeValue value(Object value) {
    if (!(value instanceof Fields(var kinds)) || kinds.size() != 1) {
      throw new IllegalArgumentException("an attribute is not one value of one kind");
    }
    var kind = kinds.entrySet().iterator().next();
    return switch (kind.getKey()) {
      case "S" -> AttributeValue.fromS(text(kind.getValue()));
      case "N" -> AttributeValue.fromN(text(kind.getValue()));
      case "BOOL" -> AttributeValue.fromBool(Boolean.TRUE.equals(kind.getValue()));
      case "NULL" -> AttributeValue.fromNul(true);
      case "SS" -> AttributeValue.fromSs(texts(kind.getValue()));
      case "NS" -> AttributeValue.fromNs(texts(kind.getValue()));
      case "B" -> AttributeValue.fromB(bytes(text(kind.getValue())));
      case "BS" ->
          AttributeValue.fromBs(texts(kind.getValue()).stream().map(Image::bytes).toList());
      case "L" -> AttributeValue.fromL(list(kind.getValue()).stream().map(Image::value).toList());
      case "M" -> AttributeValue.fromM(of((Fields) kind.getValue()));
      default -> throw new IllegalArgumentException("an attribute of an unknown kind");
    };
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("an attribute holds no string where its kind says so");
  }

  private static List<String> texts(Object value) {
    return list(value).stream().map(Image::text).toList();
  }

  private static List<Object> list(Object value) {
    if (value instanceof List<?> items) {
      return new ArrayList<>(items);
    }
    throw new IllegalArgumentException("an attribute holds no list where its kind says so");
  }

  private static SdkBytes bytes(String base64) {
    return SdkBytes.fromByteArray(Base64.getDecoder().decode(base64));
  }
}
