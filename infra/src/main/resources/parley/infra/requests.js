// Runs at the edge, before a request goes on to the gateway: says who is connected here, over
// whatever the request itself claims.
function handler(event) {
  var request = event.request;
  request.headers['x-parley-viewer'] = { value: event.viewer.ip };
  return request;
}
