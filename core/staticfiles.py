"""Static files: one stylesheet bundled from the components, hashed names, brotli."""

import rcssmin
from pipeline.compressors import CompressorBase
from pipeline.storage import PipelineMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class RCSSMinCompressor(CompressorBase):
    """Takes comments and white space out of the stylesheet."""

    def compress_css(self, css: str) -> str:
        """Return ``css`` without comments and needless white space."""
        return rcssmin.cssmin(css)


class BundledStaticFilesStorage(PipelineMixin, CompressedManifestStaticFilesStorage):
    """Bundles the components when static files are collected, then hashes and compresses every file."""

    support_js_module_import_aggregation = True
    manifest_strict = False
