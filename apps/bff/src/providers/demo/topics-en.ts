import type { Topic } from './topics.ts';

/** Ordered from the particular to the general: where two are level, the earlier one answers. */
export const topicsInEnglish: Topic[] = [
  {
    id: 'demo',
    keywords: /\bdemo\b|\bare you (?:an? )?(?:real|ai|model|bot|human)\b|\bwho are you\b|\bmarkers?\b|\bfake\b/g,
    text: `I’m the **demo supplier** that comes with Lyss. I need no key and no network, and I cost nothing: my answers are written in advance and depend only on this conversation. Everything else is the real thing, the same stream, stop button and error handling that a supplier’s model gets.

Put one of these anywhere in a message to see a path:

| marker | what happens |
| --- | --- |
| \`demo:markdown\` · \`demo:code\` | a page with everything Markdown can do, a program |
| \`demo:reasoning\` · \`demo:tool=NAME\` | thinking before the answer, a tool call |
| \`demo:slow\` · \`demo:long=500\` | two words a second for a minute, 500 words |
| \`demo:error=429\` | a failure: 401, 403, 404, 429, 500 or timeout |
| \`demo:cut\` · \`demo:length\` · \`demo:empty\` | a broken, a shortened, an empty answer |
| \`demo:echo\` | your own text back |

A tenant admin can turn me off under **Suppliers** once a real supplier is there.`,
  },
  {
    id: 'suppliers',
    keywords: /\bsuppliers?\b|\bproviders?\b|\badd (?:an? )?(?:key|model)|\bopenai\b|\banthropic\b|\bclaude\b|\bgemini\b|\bdeepseek\b|\bollama\b|\bazure\b|\bconnect\b|\bbase url\b/g,
    text: `To add a supplier (you need the tenant admin role):

1. Open **Suppliers** and choose one: OpenAI, Anthropic, Google, DeepSeek, Azure, Qwen, Moonshot, Zhipu, Ark, Mistral, Ollama, or any OpenAI-compatible server as *custom*.
2. Paste its API key. The form links to the page where the supplier makes one.
3. Press **Test**. Lyss goes step by step (address, encryption, key, models, one token) and says exactly which step failed, so “wrong key” never looks like “no network”.
4. Save. Its models appear in the model picker of everyone’s chat.

The key goes in and never comes out: afterwards you see only its last four characters. If you change the host, Lyss asks for the key again. For a server on your own network, such as Ollama, the operator first allows its address with \`LYSS_EGRESS_ALLOW\`.`,
  },
  {
    id: 'budgets',
    keywords: /\bbudgets?\b|\bcosts?\b|\bspend(?:ing)?\b|\bmoney\b|\bpric(?:e|es|ing)\b|\bbill(?:ing)?\b|\bexpensive\b|\bquotas?\b|\blimits?\b/g,
    text: `Budgets are **not in this version yet**; what each answer used and cost is recorded already. This is how they will hold: before a call goes out, its worst case is **reserved** in the database; when the answer has ended, what it really cost is **settled** and the rest released. So two hundred calls at once on one dollar spend at most one dollar, and an answer you stop costs what was delivered: not nothing, and not everything.

A budget can belong to the tenant, a person, an API key or a model, per day or per month. Prices are kept per million tokens with each model, and a call keeps the price it started with. Where a supplier’s own count is missing or makes no sense, Lyss counts for itself and marks the figure as estimated.

Until then a supplier’s own spending limit is the one to set.`,
  },
  {
    id: 'workflows',
    keywords: /\bworkflows?\b|\bautomat(?:e|ion)\b|\bagents?\b|\bgraphs?\b|\bnodes?\b/g,
    text: `Workflows are **not in this version yet**; this is what they will be. A workflow is a graph of steps: ask a model, call a service, branch, loop, wait for a person. Its ports are typed, and the editor and the server run the same compiler, so a mistake shows on the connection **before** anything runs.

Two things are special here. A published workflow is a model: it appears as \`wf/name\` in the chat’s model picker, and its steps show inside the message. And a run is durable: every step is written down as it ends, so a restarted server carries on where it was instead of starting over.

Until then the chat is the place to work with models.`,
  },
  {
    id: 'gateway',
    keywords: /\bgateway\b|\bapi\b|\bapi keys?\b|\bsdk\b|\bcurl\b|\bendpoints?\b|\bintegrat(?:e|ion)\b|\bdevelopers?\b/g,
    text: `The gateway for programs is **not in this version yet**. It will speak exactly OpenAI’s API under \`/v1\`, so any OpenAI client works when you change two settings.

\`\`\`python
from openai import OpenAI

client = OpenAI(base_url="https://your-lyss/v1", api_key="lyss_...")
answer = client.chat.completions.create(
    model="the-name-in-your-catalogue",
    messages=[{"role": "user", "content": "Hello"}],
)
\`\`\`

The key is one of ours (\`lyss_…\`), shown once when you make it. Until then scripts may use the console’s own API (see \`/api/v1/docs\`). Calls through the gateway will have the same limits, fallbacks, budgets and audit trail as the chat, for every supplier your tenant has.`,
  },
  {
    id: 'roles',
    keywords: /\broles?\b|\bpermissions?\b|\binvit(?:e|ation)s?\b|\badd (?:a |new )?(?:user|member|people|person|colleague)s?\b|\busers?\b|\bmembers?\b|\badmins?\b|\bteam\b/g,
    text: `There are three roles to begin with, and a person may hold several:

| role | comes to |
| --- | --- |
| **operator** (\`super_admin\`) | run the platform: create and suspend tenants; never sees their chats or keys |
| **tenant admin** (\`tenant_admin\`) | govern one tenant: suppliers, models, people |
| **member** (\`end_user\`) | chat |

A tenant admin adds people under **Users**. Lyss makes a one-time link with which each person chooses a password; there are no default accounts and no default passwords. Disabling somebody signs them out everywhere within a second, in the middle of an answer too.`,
  },
  {
    id: 'security',
    keywords: /\bsecur(?:e|ity)\b|\bsafe(?:ty)?\b|\bencrypt(?:ed|ion)?\b|\bprivacy\b|\bprivate\b|\bsecrets?\b|\bpasswords?\b|\bleak(?:s|ed)?\b|\bprotect(?:s|ed|ion)?\b|\bstored\b|\bmy (?:api )?key\b/g,
    text: `How Lyss keeps things in:

- **Supplier keys** are encrypted per tenant and bound to their row and to the host they may be sent to. A key moved to another row or host simply does not open. They are opened only at the moment of the call, and no page, log or export ever shows one.
- **Tenants** are kept apart twice: in every query, and by row-level security in the database behind it. Something of another tenant answers 404, as if it did not exist.
- **Passwords** are hashed with argon2id; sign-in takes the same time whether the account exists or not.
- **The browser** holds its session in cookies that scripts can’t read. What a model writes is drawn from a syntax tree, never as HTML.
- **Outgoing calls** go through one door that refuses private addresses, redirects and surprises of DNS.`,
  },
  {
    id: 'audit',
    keywords: /\baudit(?:s|ing)?\b|\blogs?\b|\btraceab|\bcompliance\b|\bwho did\b|\busage\b|\breports?\b/g,
    text: `Everything that matters leaves an entry: who did what to what, from where, and how it ended. Entries are append-only and chained by hashes, so anyone with the export can check that none was changed or taken out; looking into another person’s data needs a permission and a reason, and leaves an entry too.

Usage is recorded beside it: requests, tokens, cost and latency by model, supplier, person and key.`,
  },
  {
    id: 'memory',
    keywords: /\bmemor(?:y|ies)\b|\bremember\b|\bforget\b/g,
    text: `Within a conversation a model sees what was said before. Beyond it, Lyss is planned to keep **memories**: single facts about you that you can read, change and delete, yours alone. While memory is switched off nothing is read or written on its own.`,
  },
  {
    id: 'models',
    keywords: /\bmodels?\b|\bcontext windows?\b|\btokens?\b|\bswitch\b|\bpicker\b/g,
    text: `The picker below the message box lists the models you can use now, with their context window, capabilities and price. Where one is not available it says why: its supplier is switched off, for instance, or its last test failed.

Models come with suppliers: as soon as a tenant admin has added a key, that supplier’s models are there. You can change the model in the middle of a conversation; the next answer comes from the new one, and each message keeps the name of the model that wrote it.`,
  },
  {
    id: 'chat',
    keywords: /\bchats?\b|\bconversations?\b|\bstop(?:ping)?\b|\breload\b|\bhistory\b|\bedit\b|\bregenerate\b|\bstream(?:s|ing)?\b|\bsearch\b/g,
    text: `An answer in Lyss is a job on the server with a numbered log; this page only follows it. So you can reload, close the laptop or open another device, and the answer goes on from where you were. **Stop** really stops it and keeps the text so far. If the server itself dies in the middle, the text is still there, marked as interrupted, never shown as if it were complete.

A conversation is a tree: edit a question or ask for another answer, and the old branch stays beside the new one. Titles are made from the first exchange; you can rename them.`,
  },
  {
    id: 'install',
    keywords: /\binstall(?:ation)?\b|\bself.?host(?:ed|ing)?\b|\bdocker\b|\bdeploy(?:ment)?\b|\bupgrade\b|\bpostgres(?:ql)?\b|\bdatabase\b|\bconfigur(?:e|ation)\b|\bsettings?\b|\bbackups?\b/g,
    text: `Lyss runs where you put it. \`git clone\`, then \`npm start\`: PostgreSQL is inside, the console and the API share one port (3000, or \`PORT\`), and the first start prints a one-use link for setting up.

Useful settings: \`DATABASE_URL\` for a PostgreSQL of your own, \`LYSS_DATA_DIR\` for where data lives (default \`./.lyss\`), \`LYSS_PUBLIC_URL\` for the address people use, \`LYSS_EGRESS_ALLOW\` for servers on your own network. A bad setting is named at the start, all of them at once. \`npm run lyss -- doctor\` looks for trouble.`,
  },
  {
    id: 'tenants',
    keywords: /\btenants?\b|\bmulti.?tenan(?:t|cy)\b|\borgani[sz]ations?\b|\bworkspaces?\b/g,
    text: `A **tenant** is one organisation on the platform, and the wall nothing crosses: people, suppliers, models, chats, budgets and audit all belong to exactly one. The operator creates, suspends and deletes tenants and sees counts, never content. A suspended tenant is closed within a second; resumed, everything is as it was.`,
  },
  {
    id: 'language',
    keywords: /\blanguages?\b|\bchinese\b|\benglish\b|\bthemes?\b|\bdark(?: mode)?\b|\bprofile\b|\bkeyboard\b/g,
    text: `The console speaks Chinese and English equally; choose the language, and light or dark, in your **profile** (top right). It works on a phone and with the keyboard alone. I answer in the language you write in.`,
  },
  {
    id: 'help',
    keywords: /\bhelp\b|\bwhat can (?:you|i)\b|\bget(?:ting)? started\b|\bhow (?:do|can) i (?:start|begin|use)\b|\bsupport\b|\bproblems?\b|\bdocs?\b|\bdocumentation\b|\bcontact\b/g,
    text: `Good first steps:

1. **Chat** with me to see how an answer streams; try \`demo:markdown\`.
2. As a tenant admin, add a real supplier under **Suppliers** and press **Test**.
3. Add your colleagues under **Users**.

When something fails, the message says what kind of failure it was and carries a request ID; give it to your tenant admin or to the operator, and it is found in every log. The \`docs\` folder of the repository has guides for users and operators. Here you can ask me about suppliers, budgets, roles, security, chat, workflows, the gateway or installing.`,
  },
  {
    id: 'lyss',
    keywords: /\blyss\b|\bthis (?:product|platform|tool|app|thing|site)\b/g,
    text: `**Lyss** is a self-hosted AI platform for organisations. Each tenant brings its own AI suppliers, and its people chat with those models; what is done leaves an audit trail. Here today: tenants with walls that are tested, supplier keys that stay in, and a chat whose answers survive a reload. Budgets, workflows and a gateway for programs come next.

Ask me how to add a supplier, what happens to an answer when you reload, or whether your keys are safe.`,
  },
  {
    id: 'thanks',
    keywords: /\bthank(?:s| you)\b|\bgreat\b|\bnice\b|\bgood ?bye\b|\bbye\b/g,
    text: `You’re welcome! When you want answers that nobody wrote in advance, add a supplier’s key and pick one of its models.`,
  },
  {
    id: 'greeting',
    keywords: /\b(?:hello|hi|hey|greetings)\b|\bgood (?:morning|afternoon|evening)\b|\bhow are you\b/g,
    text: `Hello, and welcome to Lyss! I can tell you what it is and how to use it: adding a supplier, roles, security, the chat, and what comes next. What would you like to know?

Try also \`demo:markdown\` to see what an answer can look like.`,
  },
];
