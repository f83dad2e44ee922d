#include "tests/specimen/specimen.hpp"

#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>

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

} // namespace kiosk::specimen
