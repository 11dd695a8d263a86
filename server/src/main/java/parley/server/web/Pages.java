package parley.server.web;

import org.jspecify.annotations.Nullable;
import parley.api.ApiRequest;
import parley.api.ApiResponse;

/// Pages that stand beside a contract.
public interface Pages {
  /// The answer, null where the request is the contract's to answer.
  @Nullable ApiResponse answer(ApiRequest request);
}
