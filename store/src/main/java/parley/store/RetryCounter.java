package parley.store;

import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// Counts the tries of requests after their first.
final class RetryCounter implements ExecutionInterceptor {
  private static final ExecutionAttribute<Boolean> TRIED =
      new ExecutionAttribute<>("parley.store.tried");

  private final LongAdder retries;

  RetryCounter(LongAdder retries) {
    this.retries = retries;
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    if (attributes.getAttribute(TRIED) != null) {
      retries.increment();
    }
    attributes.putAttribute(TRIED, true);
  }
}
