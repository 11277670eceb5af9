// What Swift needs to see of the GNU Scientific Library (Debian libgsl-dev 2.7.1).
#ifndef SEATRIAL_CGSL_SHIM_H
#define SEATRIAL_CGSL_SHIM_H

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>

#endif
