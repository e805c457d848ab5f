/**
 * Worlds of one's own: everything that a self-hosted system needs before its first start, made in
 * one go; and the demo, a whole world in one JVM.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.world;
