/// <reference types="vite/client" />

interface ImportMetaEnv {
  readonly [name: `VITE_${string}_URL`]: string | undefined;
}
