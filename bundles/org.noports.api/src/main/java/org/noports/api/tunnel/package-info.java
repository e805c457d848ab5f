/**
 * The data path's two ends as the control path uses them: the client's entrance and the device's
 * exit, between which everything is sealed. What runs inside is fixed by docs/protocol/noports.md
 * sections 3 and 4 and by docs/protocol/np2.md.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.tunnel;
