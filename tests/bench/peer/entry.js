/** The peer's public function, made one file by esbuild: its package is written for bundlers. */

export { removeBackground } from '@imgly/background-removal';
