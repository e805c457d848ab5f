/**
 * The one setting by which all outgoing connections use a proxy. {@link ConfiguredProxy} answers
 * whoever dials; what is said to the proxy is in org.noports.transport. Free to change but for the
 * keys of the setting.
 */
package org.noports.proxy;
