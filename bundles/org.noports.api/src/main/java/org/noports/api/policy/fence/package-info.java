/**
 * Between everybody who asks policy evaluators and one that a third party wrote: its code runs on
 * threads of its own, within limits that have names, and what goes wrong in it denies. Whoever asks
 * brings the threads. Nothing here is on the wire; the limits are free to change.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.policy.fence;
