/**
 * Makes self-hosted worlds ({@link org.noports.world.InitWorld}) and runs the demo, a whole world
 * in one JVM ({@link org.noports.world.RunDemo}). {@link org.noports.world.MachineSettings} is the
 * one place that says which settings a machine of each kind needs.
 *
 * <p>Free to change; the files that are written are read by people and by the other bundles'
 * configurations.
 */
package org.noports.world;
