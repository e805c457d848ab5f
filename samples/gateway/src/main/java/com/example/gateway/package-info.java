/** A sample: what a third party writes to reach a device from its own bundle. */
package com.example.gateway;
