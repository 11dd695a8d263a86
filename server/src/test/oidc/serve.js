// Serves an OpenID provider on a free port of this machine and says which. Each line of its input
// is what it is from then on (clients, keys, people), and is answered by "ready". It ends when its
// input ends: so it never outlives the tests that started it, however they end.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import Provider from "oidc-provider";

let answer = (_request, response) => response.writeHead(503).end();
const server = createServer((request, response) => answer(request, response));
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
  become(JSON.parse(line));
  console.log("ready");
}
process.exit(0);
