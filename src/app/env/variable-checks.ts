import { isRedirectPrefix } from '../../shared/http/redirect-target.js';

export function assertRedirectPrefix(item: string): void {
  if (!isRedirectPrefix(item))
    throw new Error('must be a comma list of absolute URLs such as https://app.example.com/after');
}

export function assertOrigin(item: string): void {
  if (!URL.canParse(item) || new URL(item).origin !== item)
    throw new Error('must be a comma list of origins such as https://app.example.com');
}
