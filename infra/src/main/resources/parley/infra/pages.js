// Runs at the edge, before a file of the web client is looked for. Addresses of screens have no file:
// whatever has no ending is a screen, and gets the page, which says what it is or that it is nothing.
function handler(event) {
  var request = event.request;
  var last = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (last.indexOf('.') < 0) {
    request.uri = '/index.html';
  }
  return request;
}
