package parley.serverless.template;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.serverless.template.Template.Resource;
import parley.serverless.template.Template.Unusable;

/// A function that is called again and again, as an `AWS::Events::Rule` says it: by rates alone.
public record ScheduleSettings(String name, Resource function, Duration every) {
  private static final Pattern RATE =
      Pattern.compile("rate\\(([1-9][0-9]{0,5}) (minute|hour|day)s?\\)");

  /// All of a template.
  ///
  /// @throws Unusable if one of them is no rate, or calls several
  public static List<ScheduleSettings> all(Template template) {
    return template.all("AWS::Events::Rule").stream().map(rule -> of(template, rule)).toList();
  }

  private static ScheduleSettings of(Template template, Resource rule) {
    Matcher rate = RATE.matcher(rule.required("ScheduleExpression"));
    if (!rate.matches() || rule.at("Targets").size() != 1) {
      throw new Unusable(
          "its rule "
              + rule.id()
              + " is no rate(… minutes) with one target; no other is understood"
              + " here");
    }
    return new ScheduleSettings(
        rule.id(),
        template.function(rule.at("Targets").path(0).path("Arn").asString("")),
        Duration.of(
            Long.parseLong(rate.group(1)),
            switch (rate.group(2)) {
              case "minute" -> ChronoUnit.MINUTES;
              case "hour" -> ChronoUnit.HOURS;
              default -> ChronoUnit.DAYS;
            }));
  }
}
