// Runs at the edge, before a connection for events goes on to its gateway: says who is connected
// here, and leaves out the path, for the gateway knows one address alone.
function handler(event) {
  var request = event.request;
  request.headers['x-parley-viewer'] = { value: event.viewer.ip };
  request.uri = '/';
  return request;
}
