/** Which of AWS's runtimes for Node.js is meant, of which there are two in use. Their source is
 * aws/aws-lambda-nodejs-runtime-interface-client: up to nodejs22.x release 3 (handlers may take a callback, and the
 * event loop may hold an answer back), from nodejs24.x on release 4 (asynchronous handlers only). AWS_EXECUTION_ENV
 * decides, which Lambda sets; without it, the version of the `node` that runs this. */

const [, named] = /nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV) ?? [];

export const MODERN = Number(named ?? process.versions.node.split(".")[0]) >= 24;
