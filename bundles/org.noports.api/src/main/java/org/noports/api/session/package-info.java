/**
 * Sessions as users and gateways see them: ask for a tunnel, follow its hand-shake, list and end
 * what runs here. This is the front door for other bundles; see samples/gateway.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.session;
