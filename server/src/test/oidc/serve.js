// Serves an OpenID provider on a free port of this machine and says which. Each line of its input
// is what it is from then on (clients, keys, people), or what is wrong with some of its addresses
// (faults), and is answered by "ready". It ends when its input ends: so it never outlives the tests
// that started it, however they end.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import Provider from "oidc-provider";

let answer = (_request, response) => response.writeHead(503).end();
// What it says of itself goes beside what this program answers.
console.info = console.warn = console.error;

let faults = {};
const server = createServer((request, response) => {
  const fault = wrong[faults[new URL(request.url, "http://localhost").pathname]];
  (fault ?? answer)(request, response);
});

// How an address can go wrong.
const wrong = {
  down: (request) => request.socket.destroy(),
  failing: (_request, response) => response.writeHead(500).end("Something broke."),
  slow: (_request, response) => void setTimeout(() => response.end("{}"), 30_000).unref(),
  // It is never silent for long enough to be called so, and never done.
  trickling: (_request, response) => {
    response.writeHead(200, { "Content-Type": "application/json" });
    const timer = setInterval(() => response.write(" "), 1_000).unref();
    response.on("close", () => clearInterval(timer));
  },
  nonsense: (_request, response) =>
    response.writeHead(200, { "Content-Type": "application/json" }).end("<html>Welcome"),
  // What some other provider would say of itself.
  another: (_request, response) =>
    response.writeHead(200, { "Content-Type": "application/json" }).end(
      JSON.stringify({
        issuer: "https://id.example.com",
        authorization_endpoint: "https://id.example.com/auth",
        token_endpoint: "https://id.example.com/token",
        jwks_uri: "https://id.example.com/jwks",
        subject_types_supported: ["public"],
      }),
    ),
};
server.listen(0, "127.0.0.1", () => console.log(`port ${server.address().port}`));

function become({ clients, jwks, people }) {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients,
    jwks,
    claims: { openid: ["sub"], profile: ["name", "nickname", "preferred_username"], email: ["email", "email_verified"] },
    cookies: { keys: ["one key, for tests"] },
    findAccount: (_context, id) =>
      people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
    // Nobody is asked whether they agree.
    async loadExistingGrant(context) {
      const grant = new provider.Grant({
        clientId: context.oidc.client.clientId,
        accountId: context.oidc.session.accountId,
      });
      grant.addOIDCScope("openid profile email");
      for (const resource of [context.oidc.params.resource].flat().filter(Boolean)) {
        grant.addResourceScope(resource, "chat");
      }
      await grant.save();
      return grant;
    },
    features: {
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, audience) => ({
          audience,
          scope: "chat",
          accessTokenFormat: "jwt",
          accessTokenTTL: 600,
        }),
      },
    },
  });
  answer = provider.callback();
}

for await (const line of createInterface({ input: process.stdin })) {
  const told = JSON.parse(line);
  if (told.faults === undefined) {
    become(told);
  } else {
    faults = told.faults;
  }
  console.log("ready");
}
process.exit(0);
