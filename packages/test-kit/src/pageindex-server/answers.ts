/** Answers as values, and the forms in which errors come. */
import type { ErrorForm } from './types.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const json = (value: unknown, status = 200): Answer => ({
  status,
  body: JSON.stringify(value),
  type: 'application/json',
});

const HTML = (message: string): string =>
  `<!doctype html><html><head><title>${message}</title></head><body><h1>${message}</h1></body></html>`;

/** An error in one of the forms that a client has to understand. */
export const errorBody = (status: number, form: ErrorForm, message: string): Answer => {
  switch (form) {
    case 'detail':
      return json({ detail: message }, status);
    case 'detail-list':
      return json(
        { detail: [{ loc: ['query', 'limit'], msg: message, type: 'value_error' }] },
        status,
      );
    case 'error':
      return json({ error: message, errorCode: 'INVALID_INPUT' }, status);
    case 'error-object':
      return json({ error: { message, code: 'INVALID_INPUT' } }, status);
    case 'message':
      return json({ message }, status);
    case 'error-code':
      return json({ errorCode: 'INVALID_INPUT' }, status);
    case 'text':
      return { status, body: message, type: 'text/plain' };
    case 'html':
      return { status, body: HTML(message), type: 'text/html' };
    case 'empty':
    default:
      return { status, body: '', type: 'text/plain' };
  }
};

export const refuse = (status: number, message: string): Answer =>
  errorBody(status, 'detail', message);
