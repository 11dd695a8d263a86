package parley.server.http;

import java.util.List;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.Contract;
import parley.api.Header;
import parley.api.HostRefusal;
import parley.server.web.Pages;

/// Pages for browsers, and the contract wherever there is no page.
record PagesBeside(Pages pages, Contract contract) implements Contract {
  @Override
  public ApiResponse handle(ApiRequest request) {
    ApiResponse page = pages.answer(request);
    return page != null ? page : contract.handle(request);
  }

  @Override
  public ApiResponse refuse(HostRefusal refusal, List<Header> headers) {
    return contract.refuse(refusal, headers);
  }
}
