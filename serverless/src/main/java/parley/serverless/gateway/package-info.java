/// API Gateway on this machine: requests and WebSockets become events of the forms that Lambda
/// functions get, and their answers responses. `Front` is what browsers see, `Management` what
/// functions write to connections by.
@NullMarked
package parley.serverless.gateway;

import org.jspecify.annotations.NullMarked;
