// Signs recorded webhooks. The argument: JSON, a list of { provider, path, content }.
import { print } from './sign.mjs';

for (const { provider, path, content } of JSON.parse(process.argv[2])) {
    await print(provider, path, content, {});
}
