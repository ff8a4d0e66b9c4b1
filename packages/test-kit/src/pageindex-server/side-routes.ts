/**
 * The endpoints that openkb does not use, in the simplest form that their documentation allows:
 * chat, Markdown to tree, retrieval, blocks, MCP.
 */
import { type Answer, json, refuse } from './answers.ts';
import type { Call } from './routes.ts';
import type { FakeDocument, Route } from './types.ts';

/** Which of them a request means. */
export const sideRouteOf = (method: string, path: string): Route | undefined => {
  if (method === 'POST' && path === '/chat/completions/') return 'chat';
  if (method === 'POST' && path === '/markdown/') return 'markdown';
  if (method === 'POST' && path === '/retrieval/') return 'retrieval';
  if (method === 'GET' && /^\/retrieval\/[^/]+\/$/.test(path)) return 'retrieval';
  if (method === 'GET' && BLOCK.test(path)) return 'block';
  return path === '/mcp/' ? 'mcp' : undefined;
};

const BLOCK = /^\/doc\/[^/]+\/block\/([^/]+)\/$/;

type Members = Readonly<Record<string, unknown>>;

const bodyOf = ({ body }: Call): Members => {
  try {
    return JSON.parse(body.toString()) as Members;
  } catch {
    return {};
  }
};

const chat = (call: Call): Answer => {
  const { messages, stream } = bodyOf(call);
  if (!Array.isArray(messages)) return refuse(422, 'field required: messages');
  const content = 'An answer. <doc=handbook.pdf;page=1>';
  if (stream === true) {
    const event = JSON.stringify({ choices: [{ delta: { content } }] });
    const body = `data: ${event}\n\ndata: [DONE]\n\n`;
    return { status: 200, body, type: 'text/event-stream' };
  }
  return json({
    id: 'chat-1',
    choices: [{ message: { role: 'assistant', content }, finish_reason: 'end_turn' }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  });
};

/** Headings as one list of nodes, which a tree of one level is. */
const markdown = ({ parts }: Call): Answer => {
  const file = parts?.find((part) => part.name === 'file');
  if (file?.fileName === undefined) return refuse(422, 'field required: file');
  if (!/\.(?:md|markdown)$/i.test(file.fileName))
    return refuse(400, 'Only Markdown files are supported.');
  const structure = file.bytes
    .toString()
    .split('\n')
    .flatMap((line, i) => {
      const title = /^#{1,6} +(.+)/.exec(line)?.[1];
      return title === undefined ? [] : [{ title, line: i + 1 }];
    })
    .map(({ title, line }, i) => {
      return { title, node_id: String(i).padStart(4, '0'), line_num: line, nodes: [] };
    });
  return json({ success: true, doc_name: file.fileName.replace(/\.[^.]*$/, ''), structure });
};

const retrieval = (call: Call): Answer => {
  if (call.method === 'POST')
    return bodyOf(call)['query'] === undefined
      ? refuse(422, 'field required: query')
      : json({ retrieval_id: 'retrieval-1' });
  return json({ retrieval_id: 'retrieval-1', status: 'completed', retrieved_nodes: [] });
};

const block = ({ path }: Call, document: FakeDocument | undefined): Answer => {
  const id = BLOCK.exec(path)?.[1] ?? '';
  const page = /^p(\d+)_text_\d+$/.exec(id)?.[1];
  if (document === undefined || page === undefined) return refuse(404, 'Block not found.');
  return json({
    doc_id: document.id,
    page: Number(page),
    block_id: id,
    bbox: [100, 100, 900, 200],
    block_type: 'text',
  });
};

/** @returns `undefined` for a route that is none of these */
export const sideAnswer = (
  route: Route,
  call: Call,
  document: FakeDocument | undefined,
): Answer | undefined => {
  if (route === 'chat') return chat(call);
  if (route === 'markdown') return markdown(call);
  if (route === 'retrieval') return retrieval(call);
  if (route === 'block') return block(call, document);
  return route === 'mcp' ? refuse(501, 'The fake has no MCP server.') : undefined;
};
