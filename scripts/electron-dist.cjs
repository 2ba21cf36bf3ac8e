/** Lets the packager take Electron from a folder where it cannot be downloaded. */
const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;

module.exports = folder ? { electronDist: folder } : {};
