// Lists, watches and executes with the official JavaScript client; prints one JSON line.
import { PassThrough } from 'node:stream';
import * as k8s from '@kubernetes/client-node';

const [kubeconfig, namespace, pod, container] = process.argv.slice(2);
const config = new k8s.KubeConfig();
config.loadFromFile(kubeconfig);
const core = config.makeApiClient(k8s.CoreV1Api);
const result = {};

const list = await core.listNamespacedConfigMap({ namespace });
result.listed = list.items.map((item) => item.metadata.name).filter((name) => name === 'seen-by-node').length;

result.watched = await new Promise((resolve, reject) => {
  new k8s.Watch(config)
    .watch(`/api/v1/namespaces/${namespace}/configmaps`, { fieldSelector: 'metadata.name=seen-by-node' }, (type, object) => resolve(`${type} ${object.metadata.name}`), (error) => reject(error ?? new Error('the watch ended')))
    .catch(reject);
});

if (pod) {
  const output = new PassThrough();
  let text = '';
  output.on('data', (chunk) => { text += chunk; });
  try {
    result.status = await new Promise((resolve, reject) => {
      new k8s.Exec(config).exec(namespace, pod, container, ['echo', 'from node'], output, null, null, false, (status) => resolve(status.status)).catch(reject);
    });
    result.executed = text;
  } catch (error) {
    result.executed = `refused: ${error.message ?? error.error?.message ?? error}`;
  }
}

console.log(JSON.stringify(result));
process.exit(0);
