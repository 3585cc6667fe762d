/**
 * A project that uses Gossamer from its dist/ folder, under the strictest settings: its declarations must be there, must
 * compile, and must say what the documentation says. Lines marked as errors must be errors.
 */

import { GossamerError, removeBackground, type RemoveOptions, type RemoveResult } from '../../dist/gossamer.js';
import { GossamerCutout, type CutoutProgress, type CutoutResult } from '../../dist/gossamer-element.js';

export async function module(file: File): Promise<Blob> {
  const options: RemoveOptions = {
    subject: 'person',
    output: { type: 'webp', background: 'white' },
    onprogress: ({ stage, done, total, unit }) => console.log(stage, done / total, unit),
  };
  const result: RemoveResult = await removeBackground(file, options);
  const matte: Uint8Array = result.alpha;
  // @ts-expect-error there is no such output
  await removeBackground(file, { output: { type: 'gif' } });
  // @ts-expect-error a number is no photo
  await removeBackground(4);
  return matte.length > 0 ? result.blob : new Blob();
}

export function failed(error: unknown): string {
  return error instanceof GossamerError && error.retryable ? `${error.code} at ${error.stage}: ${error.advice}` : '';
}

export async function element(): Promise<void> {
  const made = document.createElement('gossamer-cutout');
  const found: GossamerCutout | null = document.querySelector('gossamer-cutout');
  made.output = 'jpeg';
  made.background = '#fff';
  made.subject = found?.subject ?? 'auto';
  made.crop = 'subject';
  made.src = 'photo.jpg';
  made.name = 'photo';
  made.disabled = made.required = false;
  // @ts-expect-error there is no such output
  made.output = 'gif';
  // @ts-expect-error it tells, and is not told
  made.value = null;

  const onresult = ({ detail }: CustomEvent<CutoutResult>): void => console.log(detail.file.name, detail.blob.size);
  made.addEventListener('result', onresult);
  made.removeEventListener('result', onresult);
  made.addEventListener('progress', ({ detail }) => {
    const progress: CutoutProgress = detail;
    console.log(progress.fraction.toFixed(2), progress.stage, progress.unit);
  });
  made.addEventListener('error', ({ detail }) => console.log(detail.code, detail.advice));
  made.addEventListener('loadstart', function start() { console.log(this.state === 'working'); });
  made.addEventListener('click', ({ clientX }) => console.log(clientX), { once: true });

  const result: CutoutResult = await made.remove(new Blob());
  const file: File | null = made.value;
  const nothing: void = made.remove();
  made.cancel();
  made.reset();
  const form: HTMLFormElement | null = made.form;
  console.log(result.width, file, nothing, form, made.validity.valueMissing, made.checkValidity(), made.photo?.size);
}
