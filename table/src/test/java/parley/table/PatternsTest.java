package parley.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.store.AccessPattern;
import parley.store.TableDesign;
import parley.store.TableDesign.Reads;

/// What is told of the access patterns, against the design: both come from the store, by two ways.
class PatternsTest {
  private static String partition(String template) {
    return TableDesign.PK + " = " + template.replaceAll("\\{\\w+}", "{}");
  }

  @ParameterizedTest
  @EnumSource(AccessPattern.class)
  void everyPatternAsksForItsEntityInOneKindOfPartition(AccessPattern pattern) {
    PatternFacts facts = PatternFacts.of(pattern);
    String pk = pattern.entity().pkTemplate();
    assertThat(facts.keys())
        .isNotEmpty()
        .allSatisfy(
            key -> assertThat(key.replaceAll("\\{[\\w +-]+}", "{}")).startsWith(partition(pk)));
    assertThat(facts.keys())
        .as("nothing that stands in for an argument is left, and no placeholder")
        .noneMatch(
            key -> Pattern.compile("zq|useruser|rotherother|888|:\\w|#pk").matcher(key).find());
    assertThat(facts.index() != null).isEqualTo(pattern.price().indexRead() > 0);
    assertThat(facts.isWrite()).isEqualTo(pattern.reads() == Reads.NONE);
    assertThat(facts.arguments()).doesNotHaveDuplicates();
    assertThat(facts.lines(new Ink(false, false))).noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  void someInFull() {
    assertThat(PatternFacts.of(AccessPattern.LOG_END).keys())
        .containsExactly("PK = C#{conversation}, descending");
    assertThat(PatternFacts.of(AccessPattern.LOG_AFTER).keys())
        .containsExactly("PK = C#{conversation} AND SK BETWEEN M#{seq + 1} AND M#999999999999");
    assertThat(PatternFacts.of(AccessPattern.HANDLES_BY_PREFIX).keys())
        .containsExactly("PK = H#{firstTwoLetters} AND begins_with(SK, {prefix})");
    assertThat(PatternFacts.of(AccessPattern.FINISH_SIGN_UP).keys())
        .containsExactly("PK = U#{user} AND SK = CREDENTIAL", "PK = U#{user} AND SK = PROFILE");
    assertThat(PatternFacts.of(AccessPattern.INBOX_PLACES).index()).isEqualTo("inbox");
    assertThat(PatternFacts.of(AccessPattern.MARK_READ).arguments())
        .isEqualTo(List.of("user", "conversation"));
  }
}
