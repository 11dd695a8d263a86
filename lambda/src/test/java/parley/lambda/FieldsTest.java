package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldsTest {
  static Fields read(String json) {
    return Fields.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void everyKindOfValueIsRead() {
    Fields event =
        read(
            """
            {"text": "grüße \\uD83D\\uDE00", "yes": true, "no": false, "none": null,
             "number": 1479499740.25, "object": {"a": "1"},
             "objects": [{"b": "2"}, {}], "texts": ["x", "y"]}
            """);
    assertThat(event.text("text")).isEqualTo("grüße 😀");
    assertThat(event.isTrue("yes")).isTrue();
    assertThat(event.isTrue("no")).isFalse();
    assertThat(event.text("none")).isNull();
    assertThat(event.number("number")).isEqualTo(new BigDecimal("1479499740.25"));
    assertThat(event.object("object").required("a")).isEqualTo("1");
    assertThat(event.objects("objects"))
        .extracting(one -> one.text("b"))
        .containsExactly("2", null);
    assertThat(event.texts("texts")).isEqualTo(List.of("x", "y"));
  }

  @Test
  void whatIsNotThereIsNothing() {
    assertThat(Fields.NONE.text("a")).isNull();
    assertThat(Fields.NONE.isTrue("a")).isFalse();
    assertThat(Fields.NONE.object("a")).isEqualTo(Fields.NONE);
    assertThat(Fields.NONE.objects("a")).isEmpty();
    assertThatThrownBy(() -> Fields.NONE.required("requestId"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the event has no requestId");
  }

  @Test
  void whatIsNoObjectIsNoEvent() {
    assertThatThrownBy(() -> read("[]")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itsTextShowsNoValues() {
    assertThat(read("{\"body\": \"geheim\"}").toString()).doesNotContain("geheim");
  }
}
