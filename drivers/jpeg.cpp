// JPEG by libjpeg: its error exit is a longjmp, so the frame it jumps out of holds no C++ objects.
#include "drivers/picture.hpp"

#include <csetjmp>
#include <cstdio>
#include <jpeglib.h>
// after jpeglib.h
#include <jerror.h>

namespace kiosk {
namespace {

constexpr int maxScans = 64; // a progressive file may hold thousands over the same pixels

/// What libjpeg's callbacks reach through cinfo->client_data.
struct Context {
    std::jmp_buf exit;
    char message[JMSG_LENGTH_MAX] = "";
    bool cutShort = false;
};

Context& contextOf(j_common_ptr cinfo) { return *static_cast<Context*>(cinfo->client_data); }

void onError(j_common_ptr cinfo) {
    auto& context = contextOf(cinfo);
    cinfo->err->format_message(cinfo, context.message);
    std::longjmp(context.exit, 1);
}

/// Damage in the picture data counts as cut short; stray bytes between markers, common in cameras' streams,
/// do not.
void onMessage(j_common_ptr cinfo, int level) {
    if (level >= 0) return;
    const int code = cinfo->err->msg_code;
    if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE ||
        code == JWRN_MUST_RESYNC)
        contextOf(cinfo).cutShort = true;
}

void onProgress(j_common_ptr cinfo) {
    if (reinterpret_cast<j_decompress_ptr>(cinfo)->input_scan_number > maxScans) {
        std::snprintf(contextOf(cinfo).message, JMSG_LENGTH_MAX, "too many scans");
        std::longjmp(contextOf(cinfo).exit, 1);
    }
}

class Decoder {
public:
    Decoder() {
        cinfo_.err = jpeg_std_error(&errors_);
        errors_.error_exit = onError;
        errors_.emit_message = onMessage;
        cinfo_.client_data = &context_;
        progress_.progress_monitor = onProgress;
    }
    ~Decoder() { jpeg_destroy_decompress(&cinfo_); }
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    /// Header first: the size is checked before memory is taken.
    bool start(const std::uint8_t* data, unsigned long size) {
        if (setjmp(context_.exit) != 0) return false;
        jpeg_create_decompress(&cinfo_);
        cinfo_.client_data = &context_;
        cinfo_.progress = &progress_;
        jpeg_mem_src(&cinfo_, data, size);
        jpeg_read_header(&cinfo_, TRUE);
        if (!isPictureSizeSane(cinfo_.image_width, cinfo_.image_height)) {
            std::snprintf(context_.message, JMSG_LENGTH_MAX, "size");
            return false;
        }
        const bool grey = cinfo_.num_components == 1;
        cinfo_.out_color_space = grey ? JCS_GRAYSCALE : JCS_RGB;
        cinfo_.dct_method = JDCT_ISLOW;
        jpeg_start_decompress(&cinfo_);
        return true;
    }

    bool readRows(std::uint8_t* pixels, std::size_t stride) {
        if (setjmp(context_.exit) != 0) return false;
        while (cinfo_.output_scanline < cinfo_.output_height) {
            JSAMPROW row = pixels + cinfo_.output_scanline * stride;
            jpeg_read_scanlines(&cinfo_, &row, 1);
        }
        return !context_.cutShort;
    }

    int width() const { return static_cast<int>(cinfo_.output_width); }
    int height() const { return static_cast<int>(cinfo_.output_height); }
    bool isGrey() const { return cinfo_.out_color_space == JCS_GRAYSCALE; }
    std::string problem() const {
        return std::string("JPEG: ") + (context_.message[0] != '\0' ? context_.message : "cut short");
    }

private:
    jpeg_decompress_struct cinfo_{};
    jpeg_error_mgr errors_{};
    jpeg_progress_mgr progress_{};
    Context context_;
};

} // namespace

Result<Frame> decodeJpeg(ByteView bytes) {
    Decoder decoder;
    if (!decoder.start(bytes.data(), bytes.size())) return fail(Code::PictureUnreadable, decoder.problem());
    Frame frame;
    frame.width = decoder.width();
    frame.height = decoder.height();
    const std::size_t stride = static_cast<std::size_t>(frame.width) * (decoder.isGrey() ? 1 : 3);
    auto& pixels = decoder.isGrey() ? frame.grey : frame.rgb;
    pixels.resize(stride * static_cast<std::size_t>(frame.height));
    if (!decoder.readRows(pixels.data(), stride)) return fail(Code::PictureUnreadable, decoder.problem());
    if (!decoder.isGrey()) fillGrey(frame);
    return frame;
}

} // namespace kiosk
