package parley.serverless.template;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.serverless.template.Template.Resource;

/// How a stream reaches a function, as an `AWS::Lambda::EventSourceMapping` says it. What is not
/// said is as on AWS, where a record is tried for ever: `retries` and `age` are null then.
///
/// `patterns` are those of its filter, any of which a record has to match; none lets all through.
/// `onFailure` is the queue for what is given up, null for none.
public record MappingSettings(
    Resource function,
    List<String> patterns,
    int batch,
    Duration window,
    int lanes,
    boolean reportsFailures,
    boolean bisects,
    @Nullable Integer retries,
    @Nullable Duration age,
    boolean fromTheBeginning,
    @Nullable String onFailure) {
  private static final String REPORTS = "ReportBatchItemFailures";
  private static final int BATCH = 100;

  /// The mapping of the one stream that is mapped.
  ///
  /// @throws Template.Unusable if there is none, or there are several
  public static MappingSettings of(Template template) {
    List<Resource> all = template.all("AWS::Lambda::EventSourceMapping");
    if (all.size() != 1) {
      throw new Template.Unusable(
          "it has " + all.size() + " event source mappings; exactly one is understood here");
    }
    Resource mapping = all.getFirst();
    int retries = mapping.number("MaximumRetryAttempts", -1);
    int age_s = mapping.number("MaximumRecordAgeInSeconds", -1);
    return new MappingSettings(
        template.function(mapping.required("FunctionName")),
        mapping
            .at("FilterCriteria.Filters")
            .valueStream()
            .map(filter -> filter.path("Pattern").asString(""))
            .toList(),
        mapping.number("BatchSize", BATCH),
        Duration.ofSeconds(mapping.number("MaximumBatchingWindowInSeconds", 0)),
        mapping.number("ParallelizationFactor", 1),
        mapping
            .at("FunctionResponseTypes")
            .valueStream()
            .anyMatch(type -> type.asString("").equals(REPORTS)),
        mapping.isTrue("BisectBatchOnFunctionError"),
        retries < 0 ? null : retries,
        age_s < 0 ? null : Duration.ofSeconds(age_s),
        mapping.required("StartingPosition").equals("TRIM_HORIZON"),
        mapping.text("DestinationConfig.OnFailure.Destination"));
  }
}
