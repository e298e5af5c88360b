// What the platform loads: the Worker's calls and the classes of its objects, in front of the wasm.
//
// Rust has no second chance after a trap (a panic, memory that ran out): what the memory holds then is anybody's guess.
// So the next call after one begins with a fresh instance, and an object makes itself anew in it, from what is stored.
import { WorkerEntrypoint } from "cloudflare:workers";
import * as wasm from "./edge.js";

// The `worker` crate notes here too that it panicked.
const instance = wasm.__worker_init_state();

async function call(work) {
  if (instance.criticalError) {
    console.error("a fresh instance, after a trap");
    wasm.__wbg_reset_state();
    instance.criticalError = false;
    instance.instanceId += 1;
  }
  try {
    return await work();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      instance.criticalError = true;
    }
    throw error;
  }
}

export default class extends WorkerEntrypoint {
  fetch(request) {
    return call(() => wasm.fetch(request, this.env, this.ctx));
  }
}

function objectOf(Class) {
  return class {
    #made;
    #madeIn;
    #arguments;

    constructor(state, env) {
      this.#arguments = [state, env];
    }

    #rust() {
      if (this.#madeIn !== instance.instanceId) {
        this.#made = new Class(...this.#arguments);
        this.#madeIn = instance.instanceId;
      }
      return this.#made;
    }

    fetch(request) {
      return call(() => this.#rust().fetch(request));
    }

    alarm() {
      return call(() => this.#rust().alarm());
    }
  };
}
