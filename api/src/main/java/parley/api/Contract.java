package parley.api;

import java.util.List;

/// What a host serves: a request goes in, a response comes out, and nothing is thrown.
public interface Contract {
  /// Answers one request.
  ApiResponse handle(ApiRequest request);

  /// Answers a request that the host refuses by itself, since it cannot be given to [#handle].
  ApiResponse refuse(HostRefusal refusal, List<Header> headers);
}
