"""What is known to change nothing but what it gives: functions of libraries and methods of their objects, by name.

Whatever is not listed here counts as changing anything that it is given.
"""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


# How many may be given by place, where that does not matter.
ANY = 99

# What is made of these is new; of those with a number, no more may be given by place: what follows may be where the result is written.
BUILTINS = words(
    """
    abs all any bool bytes callable chr complex dict divmod enumerate filter float frozenset int isinstance issubclass len list map
    max min object ord pow range repr reversed round set slice sorted str sum super tuple type zip staticmethod classmethod property
    True False None NotImplemented Ellipsis __name__ __debug__ ArithmeticError AssertionError FloatingPointError IndexError KeyError
    LookupError NotImplementedError OverflowError RuntimeError TypeError ValueError ZeroDivisionError
    """
)
# Of the standard library, as it is imported.
STANDARD = re.compile(
    r"math\.\w+|cmath\.\w+|itertools\.\w+|fractions\.Fraction|decimal\.Decimal|numbers\.\w+|typing\.\w+|collections\.abc\.\w+|abc\.ABC|"
    r"abc\.abstractmethod|enum\.(Enum|IntEnum|StrEnum)|statistics\.\w+|string\.\w+|collections\.(Counter|OrderedDict|namedtuple)|"
    r"functools\.(cache|lru_cache|cached_property|partial|reduce|wraps|total_ordering)|contextlib\.(suppress|nullcontext)|"
    r"dataclasses\.(dataclass|field|replace|fields|asdict|astuple|KW_ONLY)|__future__\.\w+|"
    r"sympy\.(?!init|evaluate|assum|refine|printing|var$|core|seterr|plot|external|cache)\w+|numpy\.typing\.\w+|hwgen\.authors(\.\w+)*"
)
# What a class may be derived from, without its methods being called where it is made.
PLAIN_BASES = re.compile(
    r"abc\.ABC|typing\.(Protocol|Generic|NamedTuple|TypedDict)|collections\.abc\.\w+|collections\.(Counter|OrderedDict|UserDict)"
)
_ONE = """
abs absolute arccos arccosh arcsin arcsinh arctan arctanh cbrt ceil conj conjugate cos cosh deg2rad exp exp2 expm1 fabs floor invert
isfinite isinf isnan log log10 log1p log2 logical_not negative positive rad2deg radians reciprocal rint sign signbit sin sinh
spacing sqrt square tan tanh trunc
"""
_TWO = """
add arctan2 bitwise_and bitwise_or bitwise_xor copysign divide equal floor_divide float_power fmax fmin fmod gcd greater
greater_equal heaviside hypot lcm less less_equal logaddexp logaddexp2 logical_and logical_or logical_xor matmul maximum minimum mod
multiply nextafter not_equal power remainder subtract true_divide sum prod mean std var max min amax amin all any cumsum cumprod
nansum nanmax nanmin nanmean ptp median argmax argmin dot round around outer maximum.accumulate minimum.accumulate add.accumulate
add.reduce multiply.reduce maximum.reduce minimum.reduce quantile percentile concatenate stack
"""
_THREE = "clip take compress"
# What has no place for its result, and gives what may be a part of what it is given.
_MORE = """
append argsort argwhere array_equal allclose isclose array_split asarray asanyarray ascontiguousarray atleast_1d atleast_2d
atleast_3d bincount block broadcast_arrays broadcast_shapes broadcast_to column_stack convolve corrcoef count_nonzero cov cross
delete diag diagonal diff digitize dstack einsum expand_dims flatnonzero flip fliplr flipud gradient histogram hsplit hstack imag
indices insert interp intersect1d isin isreal kron lexsort linalg.cholesky linalg.cond linalg.det linalg.eig linalg.eigh
linalg.eigvals linalg.eigvalsh linalg.inv linalg.lstsq linalg.matrix_power linalg.matrix_rank linalg.norm linalg.pinv linalg.qr
linalg.slogdet linalg.solve linalg.svd logspace meshgrid moveaxis nanargmax nonzero ogrid mgrid pad partition piecewise poly polyfit
polyval polynomial.hermite.hermgauss polynomial.hermite_e.hermegauss polynomial.legendre.leggauss ravel ravel_multi_index real
repeat reshape result_type roll rollaxis rot90 searchsorted setdiff1d shape size sort split squeeze swapaxes take_along_axis
tensordot tile transpose trapezoid tri tril tril_indices triu triu_indices unique union1d unravel_index unwrap vander vdot vectorize
vsplit vstack where linalg.LinAlgError errstate finfo iinfo ndenumerate ndindex array arange copy empty empty_like eye fromiter full
full_like geomspace identity linspace ones ones_like zeros zeros_like random.default_rng
"""
_VALUES = """
pi e inf nan newaxis float64 float32 int64 int32 intp complex128 bool_ uint8 uint64 integer floating number ndarray generic dtype
random.Generator euler_gamma
"""
# How many may be given by place; of what is no value of its own but called, where it is handed on as well.
FUNCTIONS = {
    f"numpy.{name}": most for names, most in ((_ONE, 1), (_TWO, 2), (_THREE, 3), (_MORE, ANY), (_VALUES, ANY)) for name in names.split()
}
FUNCTIONS |= {
    f"scipy.special.{name}": most
    for names, most in (("erf erfc expit ndtr ndtri gammaln erfinv erfcinv log_ndtr", 1),)
    for name in names.split()
}
FUNCTIONS |= {
    f"scipy.{name}": ANY
    for name in words(
        "linalg.eigh linalg.eigvalsh linalg.solve linalg.expm integrate.quad integrate.solve_ivp optimize.brentq optimize.minimize_scalar"
    )
}
# Methods and attributes of such objects that only tell; the number as above.
METHODS = dict.fromkeys(
    words("""
    T shape size ndim dtype real imag items keys values get index count copy astype reshape ravel flatten transpose tolist item join
    split rsplit splitlines strip lstrip rstrip startswith endswith removeprefix removesuffix replace lower upper title format zfill
    rpartition union intersection difference symmetric_difference issubset issuperset isdisjoint nonzero argsort diagonal swapaxes
    squeeze repeat searchsorted is_integer numerator denominator bit_length as_integer_ratio hex encode isdigit isalpha most_common
    elements args kwds fromkeys subs doit diff det eigenvals expand inv is_zero rows cols evalf has atoms free_symbols as_real_imag
    __name__ eps tiny
    """),
    ANY,
)
METHODS |= dict.fromkeys(words("sum prod max min mean std var all any clip cumsum cumprod argmax argmin round"), 2) | {
    "dot": 1,
    "trace": 1,
    "conj": 0,
    "conjugate": 0,
}
METHODS |= {"max": 1, "min": 1, "all": 1, "any": 1, "argmax": 1, "argmin": 1, "round": 1, "take": 2, "compress": 2}
# Methods that change what they belong to, and nothing else.
CHANGES = words(
    """
    append extend insert pop remove clear sort reverse update popitem setdefault add discard appendleft popleft extendleft rotate
    intersection_update difference_update symmetric_difference_update subtract move_to_end fill resize setflags partition itemset
    put setfield byteswap
    """
)
# What a generator of random numbers gives, and changes itself by.
DRAWS = words(
    """
    normal standard_normal uniform random integers choice exponential standard_exponential permutation gamma standard_gamma beta
    binomial poisson multivariate_normal multinomial chisquare laplace logistic lognormal geometric rayleigh standard_t
    standard_cauchy dirichlet spawn permuted bytes power wald weibull zipf triangular vonmises pareto gumbel hypergeometric
    negative_binomial noncentral_chisquare noncentral_f logseries f
    """
)
# Of what objects of libraries have beside these, nothing is known, though a class of the content may have a method of the same name.
UNKNOWN = words(
    """
    shuffle bit_generator randn rand randint seed get_state set_state send throw close write writelines readinto read readline
    readlines seek truncate flush base flat data ctypes strides tofile dump dumps view getfield newbyteorder cache_clear cache_info
    register dispatch __setitem__ __delitem__ __setattr__ __delattr__ __setstate__ __reduce__ __iadd__ __ior__ __iand__ __isub__
    __imul__ __imatmul__ __ixor__ __itruediv__ __ifloordiv__ __imod__ __ipow__ __ilshift__ __irshift__ __next__ __enter__ __exit__
    __init__ __new__ __call__ __get__ __set__ __delete__ __dict__ __class__ __closure__ __defaults__ __self__ __func__ __wrapped__
    __code__ __globals__ func keywords maxlen default_factory claim study figure table constant statement row_del col_del row_op
    col_op row_swap col_swap zip_row_op copyin_matrix copyin_list row_insert col_insert
    """
)
# What is gone through once, or changes whenever it is asked.
PASSED = frozenset({"iter", "map", "filter", "zip", "reversed", "enumerate", "open"})
PASSED_OF = re.compile(r"itertools\.\w+|numpy\.(ndenumerate|ndindex|nditer)")
GOES_THROUGH = frozenset(
    {
        "list",
        "tuple",
        "set",
        "dict",
        "sum",
        "min",
        "max",
        "any",
        "all",
        "sorted",
        "frozenset",
        "join",
        "fsum",
        "prod",
        "fromiter",
        "Counter",
    }
)
# What gives a thing of its own, that nobody else has.
# Of numbers alone.
NUMBERS = words("arange empty empty_like eye geomspace identity linspace ones ones_like zeros zeros_like")
ARRAYS = words(
    """
    array arange copy empty empty_like eye fromiter full full_like geomspace identity linspace ones ones_like zeros zeros_like
    concatenate stack column_stack hstack vstack where repeat tile cumsum
    """
)
FRESH = words("list dict set sorted tuple frozenset len int float str bool round complex range sum abs")
# What keeps what it gave when it was asked first.
KEEPS = frozenset({"cache", "lru_cache", "cached_property"})
# What calls what it is given.
CALLS_BACK = frozenset({"map", "filter", "next", "iter", "type", "super", "property"})
# What does not: it computes, or holds what it is given.
HOLDS = re.compile(
    r"math\.\w+|numpy\.(?!piecewise|vectorize)[\w.]+|fractions\.\w+|typing\.\w+|collections\.\w+|dataclasses\.(dataclass|field|replace)|"
    r"functools\.(cache|lru_cache|cached_property|partial|wraps)|itertools\.(product|combinations|permutations|chain|repeat|count|cycle|islice)|"
    r"hwgen\.authors\.(Approx|Binds|Derived|Estimate|Exercise|Ratio|binds_at|cases|closed|expectation|function|integers|log_closed|"
    r"probability|ratios|value|variable|variance|vectors)|hwgen\.authors\.proofs\.Proof"
)
