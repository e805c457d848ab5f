/**
 * Makes a self-hosted world: CA, atSigns, directory entries, key files, a folder for each machine;
 * runs the demo in one JVM.
 */
package org.noports.world;
