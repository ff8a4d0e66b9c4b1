// The command-line program is published as one bundle: what tsup inlines is no dependency of the package.
module.exports = {
  hooks: {
    beforePacking(manifest) {
      delete manifest.devDependencies;
      delete manifest.scripts;
      if (manifest.name === 'openkb') {
        for (const name of Object.keys(manifest.dependencies ?? {})) {
          if (name.startsWith('@openkb/')) delete manifest.dependencies[name];
        }
      }
      return manifest;
    },
  },
};
