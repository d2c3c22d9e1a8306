import fc from 'fast-check'

/** A run can be repeated, so that red stays red until it is mended. `TEST_SEED=$RANDOM` looks elsewhere; a test that names a seed keeps its own. */
fc.configureGlobal({ seed: Number(process.env.TEST_SEED ?? 20_261_125) })
