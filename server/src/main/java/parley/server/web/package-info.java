/// The web client, served from the same origin as the contract: [WebClient] answers for its files.
@NullMarked
package parley.server.web;

import org.jspecify.annotations.NullMarked;
