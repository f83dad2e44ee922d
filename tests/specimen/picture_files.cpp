#include "tests/specimen/picture_files.hpp"

#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>
#include <png.h>

namespace kiosk::specimen {

std::string jpeg(const Frame& frame, int quality, bool progressive) {
    const bool colour = !frame.rgb.empty();
    const auto& pixels = colour ? frame.rgb : frame.grey;
    jpeg_compress_struct c{};
    jpeg_error_mgr errors{};
    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    unsigned char* data = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&c, &data, &size);
    c.image_width = static_cast<JDIMENSION>(frame.width);
    c.image_height = static_cast<JDIMENSION>(frame.height);
    c.input_components = colour ? 3 : 1;
    c.in_color_space = colour ? JCS_RGB : JCS_GRAYSCALE;
    jpeg_set_defaults(&c);
    jpeg_set_quality(&c, quality, TRUE);
    if (progressive) jpeg_simple_progression(&c);
    jpeg_start_compress(&c, TRUE);
    const auto stride =
        static_cast<std::size_t>(c.image_width) * static_cast<std::size_t>(c.input_components);
    while (c.next_scanline < c.image_height) {
        auto* row = const_cast<JSAMPROW>(pixels.data()) + c.next_scanline * stride;
        jpeg_write_scanlines(&c, &row, 1);
    }
    jpeg_finish_compress(&c);
    std::string bytes(reinterpret_cast<char*>(data), size);
    jpeg_destroy_compress(&c);
    std::free(data);
    return bytes;
}

bool savePng(const std::string& path, const Frame& frame) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(frame.width);
    image.height = static_cast<png_uint_32>(frame.height);
    image.format = frame.rgb.empty() ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    image.flags = PNG_IMAGE_FLAG_FAST;
    const auto& pixels = frame.rgb.empty() ? frame.grey : frame.rgb;
    return png_image_write_to_file(&image, path.c_str(), 0, pixels.data(), 0, nullptr) != 0;
}

} // namespace kiosk::specimen
