package parley.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What items are written as, and how large they are taken for: exports of years ago are held
/// against both.
class DynamoJsonTest {
  @Test
  void anItemIsTheSameTextWhicheverWayItIsWritten() {
    Map<String, AttributeValue> item =
        Map.of(
            "PK", AttributeValue.fromS("ODD#\u00e9\ud83d\ude00\n\t\"1\\\u2028\u0001"),
            "b\"", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 7})),
            "n", AttributeValue.fromN("-12.50"),
            "ss", AttributeValue.fromSs(List.of("b", "a")),
            "ns", AttributeValue.fromNs(List.of("3", "1")),
            "bs", AttributeValue.fromBs(List.of(SdkBytes.fromByteArray(new byte[] {9}))),
            "l", AttributeValue.fromL(List.of(AttributeValue.fromBool(true))),
            "m", AttributeValue.fromM(Map.of("z", AttributeValue.fromNul(true))),
            "A", AttributeValue.fromBool(false));
    String text = DynamoJson.itemText(item);
    assertThat(text)
        .isEqualTo(DynamoJson.text(DynamoJson.item(item)))
        .startsWith("{\"A\":{\"BOOL\":false},\"PK\":{\"S\":\"ODD#");
    assertThat(DynamoJson.readItem(DynamoJson.parse(text)))
        .containsEntry("PK", item.get("PK"))
        .containsEntry("n", item.get("n"))
        .containsEntry("l", item.get("l"));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "7,2", "10,2", "100,2", "1002,3", "12345,4", "-5,3", "0.05,2", "1.50,2"})
  void numbersCountByTheirDigits(String number, long bytes) {
    assertThat(ItemSize.of(Map.of("n", AttributeValue.fromN(number)))).isEqualTo(1 + bytes);
  }

  @Test
  void textCountsInUtf8() {
    assertThat(ItemSize.of(Map.of("n", AttributeValue.fromS("abc")))).isEqualTo(4);
    assertThat(ItemSize.of(Map.of("\u00e9", AttributeValue.fromS("a\u20ac\ud83d\ude00"))))
        .isEqualTo(2 + 1 + 3 + 4);
  }
}
